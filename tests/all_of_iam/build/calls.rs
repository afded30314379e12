//! A function for each method that calls it, through its builder, with arguments in JSON.

use std::fmt::Write as _;

use pagesmith_codegen::SdkSettings;
use pagesmith_codegen::emit::{Outline, OutlineMethod, outlines};
use pagesmith_model::bind::{Method, Service, Type};

/// The source of the functions, and of the table `CALLS` of them by the methods' names.
pub(crate) fn of(service: &Service, settings: &SdkSettings) -> Result<String, String> {
    let mut functions = String::new();
    let mut table = String::new();
    for (resource, outline) in service.resources.iter().zip(outlines(service, settings)) {
        for (method, names) in resource.methods.iter().zip(&outline.methods) {
            let function = format!("{}_{}", outline.module, names.name).replace("r#", "");
            let body = call(&outline, method, names)
                .map_err(|problem| format!("{}: {problem}", method.full_name))?;
            let _ = writeln!(
                functions,
                "async fn {function}(client: &Client, arguments: &Value) -> Called {{\n{body}}}\n"
            );
            let name = format!("{}.{}", resource.id, method.name);
            let _ = writeln!(
                table,
                "    ({name:?}, |client, arguments| Box::pin({function}(client, arguments))),"
            );
        }
    }
    Ok(format!("{functions}pub(crate) static CALLS: &[(&str, Call)] = &[\n{table}];\n"))
}

fn call(outline: &Outline, method: &Method, names: &OutlineMethod) -> Result<String, String> {
    let mut code = String::new();
    if method.input.is_empty() {
        code.push_str("    let _ = arguments;\n");
    }
    let has_optional = method.input.iter().any(|member| !member.required);
    let _ = writeln!(
        code,
        "    let call = all_of_iam::{}::{}(client).{}();",
        outline.service, outline.module, names.name
    );
    let members = || method.input.iter().zip(&names.setters);
    // A builder is of another type after each setter of what is required.
    for (member, setter) in members().filter(|(member, _)| member.required) {
        let value = value(outline, &member.ty, &format!("&arguments[{:?}]", member.name))?;
        let _ = writeln!(code, "    let call = call.{}({value});", setter.name);
    }
    if has_optional {
        code.push_str("    let mut call = call;\n");
    }
    for (member, setter) in members().filter(|(member, _)| !member.required) {
        let value = value(outline, &member.ty, "value")?;
        let _ = writeln!(
            code,
            "    if let Some(value) = arguments.get({:?}) {{ call = call.{}({value}); }}",
            member.name, setter.name
        );
    }
    code.push_str("    call.send().await.map(drop)\n");
    Ok(code)
}

/// An expression that makes the argument of a setter of the JSON `from`.
fn value(outline: &Outline, ty: &Type, from: &str) -> Result<String, String> {
    let shape = |name: &str| {
        let shape = outline.shapes.get(name).ok_or_else(|| format!("{name} is not emitted"))?;
        Ok::<_, String>(format!("all_of_iam::{}::types::{shape}", outline.service))
    };
    Ok(match ty {
        Type::String | Type::Known(_) => format!("text({from})"),
        Type::Boolean => format!("boolean({from})"),
        Type::Integer => format!("integer({from})"),
        Type::Enum(name) => format!("{}::from(text({from}))", shape(name)?),
        Type::Structure(name) => format!("structure::<{}>({from})", shape(name)?),
        Type::List { element, .. } => {
            let element = value(outline, element, "value")?;
            format!("list({from}).iter().map(|value| {element})")
        }
        other => return Err(format!("no param of IAM held a {other:?} before")),
    })
}
