//! Functions that call each method through its builder, with arguments in JSON.

use std::fmt::Write as _;

use pagesmith_codegen::SdkSettings;
use pagesmith_codegen::lower::{self, Method, Resource, Service};
use pagesmith_model::schema::{self, Target};

/// The source of the functions, and of the table `CALLS` with the functions by the names of the methods.
pub(crate) fn of(service: &schema::Service, settings: &SdkSettings) -> Result<String, String> {
    let mut functions = String::new();
    let mut table = String::new();
    let sdk = lower::lower(std::slice::from_ref(service), settings);
    let service = sdk.services.first().ok_or("there is no service")?;
    for resource in &service.resources {
        for method in &resource.methods {
            let function = format!("{}_{}", resource.module, method.name).replace("r#", "");
            let body = call(service, resource, method)
                .map_err(|problem| format!("{}: {problem}", method.bound.full_name))?;
            let _ = writeln!(
                functions,
                "async fn {function}(client: &Client, arguments: &Value) -> Called {{\n{body}}}\n"
            );
            let name = format!("{}.{}", resource.id, method.bound.name);
            let _ = writeln!(
                table,
                "    ({name:?}, |client, arguments| Box::pin({function}(client, arguments))),"
            );
        }
    }
    Ok(format!("{functions}pub(crate) static CALLS: &[(&str, Call)] = &[\n{table}];\n"))
}

fn call(service: &Service, resource: &Resource, method: &Method) -> Result<String, String> {
    let mut code = String::new();
    if method.params.is_empty() {
        code.push_str("    let _ = arguments;\n");
    }
    let has_optional = method.optional().count() > 0;
    let _ = writeln!(
        code,
        "    let call = all_of_iam::{}::{}(client).{}();",
        service.path(),
        resource.module,
        method.name
    );
    // The type of the builder changes with each setter of a required parameter.
    for lower::Param { field: lower::Field { member, .. }, setter, .. } in method.required() {
        let value = value(service, &member.target, &format!("&arguments[{:?}]", member.name))?;
        let _ = writeln!(code, "    let call = call.{setter}({value});");
    }
    if has_optional {
        code.push_str("    let mut call = call;\n");
    }
    for lower::Param { field: lower::Field { member, .. }, setter, .. } in method.optional() {
        let value = value(service, &member.target, "value")?;
        let _ = writeln!(
            code,
            "    if let Some(value) = arguments.get({:?}) {{ call = call.{setter}({value}); }}",
            member.name
        );
    }
    code.push_str("    call.send().await.map(drop)\n");
    Ok(code)
}

/// An expression that converts the JSON `from` to the argument of a setter.
fn value(service: &Service, ty: &Target, from: &str) -> Result<String, String> {
    let shape = |name: &str| {
        let shape = service.types.get(name).ok_or_else(|| format!("{name} is not emitted"))?.name();
        Ok::<_, String>(format!("all_of_iam::{}::types::{shape}", service.path()))
    };
    Ok(match ty {
        Target::String | Target::Known(_) => format!("text({from})"),
        Target::Boolean => format!("boolean({from})"),
        Target::Integer => format!("integer({from})"),
        Target::Enum(name) => format!("{}::from(text({from}))", shape(name)?),
        Target::Structure(name) => format!("structure::<{}>({from})", shape(name)?),
        Target::List { element, .. } => {
            let element = value(service, element, "value")?;
            format!("list({from}).iter().map(|value| {element})")
        }
        other => {
            return Err(format!("params of type {other:?} are not supported by this build script"));
        }
    })
}
