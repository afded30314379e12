//! Draws the plots.

use plotters::coord::Shift;
use plotters::prelude::*;
use serde_json::Value;

use crate::Problem;
use crate::programs::PROGRAMS;
use crate::results::{self, number};
use crate::workspace::Workspace;

/// The stages of the generator that are drawn.
const STAGES: [&str; 6] = ["parse", "bind", "emit", "render", "diff", "pulldown-cmark alone"];

const WIDTH: u32 = 760;
const ROW: u32 = 30;
const INK: RGBColor = RGBColor(60, 60, 60);
const OURS: RGBColor = RGBColor(38, 110, 180);
const THEIRS: RGBColor = RGBColor(170, 170, 170);
const LINES: [RGBColor; 6] = [
    RGBColor(38, 110, 180),
    RGBColor(200, 90, 30),
    RGBColor(60, 140, 60),
    RGBColor(130, 80, 160),
    RGBColor(180, 50, 90),
    RGBColor(120, 120, 120),
];

/// A bar plot: one figure for each program.
struct Bars {
    name: &'static str,
    title: &'static str,
    file: &'static str,
    path: &'static str,
    /// The divisor of the shown figure, and its unit.
    scale: f64,
    unit: &'static str,
}

const BARS: &[Bars] = &[
    Bars {
        name: "build-debug",
        title: "Clean debug build",
        file: "build",
        path: "debug/wall_s",
        scale: 1.0,
        unit: "s",
    },
    Bars {
        name: "build-release",
        title: "Clean release build",
        file: "build",
        path: "release/wall_s",
        scale: 1.0,
        unit: "s",
    },
    Bars {
        name: "build-memory",
        title: "Largest rustc, release",
        file: "build",
        path: "release/peak_kib",
        scale: 1024.0,
        unit: "MiB",
    },
    Bars {
        name: "program-size",
        title: "Stripped program, release",
        file: "build",
        path: "release/binary_bytes",
        scale: 1024.0 * 1024.0,
        unit: "MiB",
    },
    Bars {
        name: "cpu-per-call",
        title: "CPU time per call, six methods in turn, with the server on one core",
        file: "run",
        path: "six, 1 in flight, one core/cpu_ns_per_call",
        scale: 1000.0,
        unit: "µs",
    },
    Bars {
        name: "list-1000",
        title: "CPU time of a list of 1,000 rows",
        file: "run",
        path: "list-1000, 1 in flight/cpu_ns_per_call",
        scale: 1e6,
        unit: "ms",
    },
    Bars {
        name: "instructions",
        title: "Instructions per call, six methods in turn",
        file: "instructions",
        path: "six/instructions",
        scale: 1000.0,
        unit: "thousand",
    },
];

/// Draws each plot for which there are results.
pub(crate) fn draw(workspace: &Workspace) -> Result<(), Problem> {
    for bars in BARS {
        let Some(figures) = results::read(&workspace.results, bars.file)? else { continue };
        let mut rows: Vec<(&str, f64, bool)> = Vec::new();
        for program in PROGRAMS {
            let value = figures.get(program.package).and_then(|its| number(its, bars.path));
            let ours = program.title.starts_with("pagesmith");
            rows.extend(value.map(|value| (program.title, value / bars.scale, ours)));
        }
        if !rows.is_empty() {
            draw_bars(workspace, bars, &rows)?;
        }
    }
    match results::read(&workspace.results, "generate")? {
        Some(figures) => draw_generate(workspace, &figures),
        None => Ok(()),
    }
}

fn draw_bars(
    workspace: &Workspace,
    bars: &Bars,
    rows: &[(&str, f64, bool)],
) -> Result<(), Problem> {
    let path = workspace.results.join(format!("{}.svg", bars.name));
    let height = ROW * (u32::try_from(rows.len())? + 1) + 16;
    let root = SVGBackend::new(&path, (WIDTH, height)).into_drawing_area();
    root.fill(&WHITE)?;
    text(&root, bars.title, (12, 10), 17)?;
    let most = rows.iter().map(|row| row.1).fold(f64::MIN_POSITIVE, f64::max);
    let (left, room) = (300, f64::from(WIDTH) - 300.0 - 120.0);
    for (index, (name, value, ours)) in rows.iter().enumerate() {
        let top = i32::try_from(ROW)? * (i32::try_from(index)? + 1) + 10;
        let right = left + pixels(value / most * room);
        let style = if *ours { OURS.filled() } else { THEIRS.filled() };
        root.draw(&Rectangle::new([(left, top), (right, top + 20)], style))?;
        text(&root, name, (12, top + 3), 14)?;
        text(&root, &format!("{} {}", shown(*value), bars.unit), (right + 8, top + 3), 14)?;
    }
    Ok(root.present()?)
}

/// Draws the time of each stage over the number of pages, for services of realistic size. Both axes are logarithmic, so that
/// linear growth is a line of slope one.
fn draw_generate(workspace: &Workspace, figures: &Value) -> Result<(), Problem> {
    let Some(synthetic) = figures.get("synthetic").and_then(Value::as_object) else {
        return Ok(());
    };
    let runs: Vec<&Value> = synthetic
        .values()
        .filter(|run| number(run, "services").is_some_and(|many| many > 1.0))
        .collect();
    let line = |stage: &str| {
        let point = |run: &&Value| {
            let time = number(run, &format!("stages_ns/{stage}"))?;
            Some((number(run, "pages")?, time / 1e6))
        };
        let mut points: Vec<(f64, f64)> = runs.iter().filter_map(point).collect();
        points.sort_by(|left, right| left.0.total_cmp(&right.0));
        points
    };
    let lines: Vec<_> = STAGES.iter().map(|stage| (*stage, line(stage))).collect();
    let all = || lines.iter().flat_map(|(_, points)| points);
    let pages = all().map(|point| point.0).fold((f64::MAX, 0.0), |(least, most), pages| {
        (f64::min(least, pages), f64::max(most, pages))
    });
    let most = all().map(|point| point.1).fold(0.0, f64::max);
    let least = all().map(|point| point.1).fold(f64::MAX, f64::min);
    if pages.1 <= pages.0 {
        return Ok(());
    }
    let path = workspace.results.join("generate.svg");
    let root = SVGBackend::new(&path, (WIDTH, 420)).into_drawing_area();
    root.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&root)
        .caption("Generating: time by stage over pages", ("sans-serif", 17, &INK))
        .margin(12)
        .margin_right(170)
        .x_label_area_size(36)
        .y_label_area_size(64)
        .build_cartesian_2d((pages.0..pages.1).log_scale(), (least..most * 1.5).log_scale())?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .x_desc("pages")
        .y_desc("milliseconds")
        .label_style(("sans-serif", 13, &INK))
        .draw()?;
    for ((stage, points), colour) in lines.iter().zip(LINES) {
        let Some(last) = points.last() else { continue };
        chart.draw_series(std::iter::once(PathElement::new(
            points.clone(),
            colour.stroke_width(2),
        )))?;
        let (x, y) = chart.backend_coord(last);
        text(&root, stage, (x + 6, y - 7), 13)?;
    }
    Ok(root.present()?)
}

fn text(
    root: &DrawingArea<SVGBackend<'_>, Shift>,
    label: &str,
    at: (i32, i32),
    size: i32,
) -> Result<(), Problem> {
    Ok(root.draw(&Text::new(
        label.to_owned(),
        at,
        ("sans-serif", size, &INK).into_text_style(root),
    ))?)
}

#[allow(clippy::cast_possible_truncation)] // It is a position on the plot.
fn pixels(value: f64) -> i32 {
    value.round().clamp(1.0, f64::from(WIDTH)) as i32
}

fn shown(value: f64) -> String {
    if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}
