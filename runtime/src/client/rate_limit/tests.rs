use super::SendRate;

/// What botocore did; `rates.py` describes the columns.
const BOTOCORE: &str = include_str!("../../../../tests/botocore/rates.tsv");

#[track_caller]
fn assert_equal(line: usize, what: &str, ours: f64, botocore: f64) {
    let difference = (ours - botocore).abs();
    assert!(
        difference <= 1e-9 * ours.abs().max(botocore.abs()),
        "line {line}: {what} is {ours}, botocore's {botocore}"
    );
}

#[test]
fn rates_are_those_of_botocore() {
    let mut rate = SendRate::default();
    let mut counts = [0; 4];
    for (number, row) in BOTOCORE.lines().enumerate().skip(1) {
        let line = number + 1;
        let columns: Vec<&str> = row.split('\t').collect();
        let [time, event, wait, measured, fill_rate, capacity, tokens] = columns[..] else {
            panic!("line {line} has {} columns", columns.len());
        };
        let number = |text: &str| text.parse::<f64>().unwrap();
        let now = number(time);
        match event {
            "wait" => {
                counts[0] += 1;
                let seconds = rate.take_token(now).unwrap_err();
                assert_equal(line, "the wait", seconds, number(wait));
            }
            "send" => {
                counts[1] += 1;
                assert_eq!(rate.take_token(now), Ok(()), "line {line}");
            }
            "success" | "throttled" => {
                counts[if event == "success" { 2 } else { 3 }] += 1;
                rate.record(now, event == "throttled");
            }
            _ => panic!("line {line}: the event {event:?}"),
        }
        assert_equal(line, "the measured rate", rate.measured, number(measured));
        assert_equal(line, "the fill rate", rate.fill_rate, number(fill_rate));
        assert_equal(line, "the capacity", rate.capacity, number(capacity));
        assert_equal(line, "the number of tokens", rate.tokens, number(tokens));
    }
    assert!(
        counts.iter().all(|count| *count >= 30),
        "waits, sends, successes, throttled: {counts:?}"
    );
}
