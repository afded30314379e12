//! Functions that call each method through its builder, with arguments in JSON.

use std::fmt::Write as _;

use pagesmith_codegen::SdkSettings;
use pagesmith_codegen::lower::{self, Method, Param, Resource, Service};
use pagesmith_model::schema::{self, Target};

/// The source of the functions, and of the table `CALLS` with the functions by the names of the methods.
#[derive(Default)]
pub(crate) struct Calls {
    functions: String,
    table: String,
}

impl Calls {
    /// Adds the methods of `service`.
    pub(crate) fn add(
        &mut self,
        service: &schema::Service,
        settings: &SdkSettings,
    ) -> Result<(), String> {
        let sdk = lower::lower(std::slice::from_ref(service), settings);
        let service = sdk.services.first().ok_or("there is no service")?;
        for resource in &service.resources {
            for method in &resource.methods {
                self.method(service, resource, method)
                    .map_err(|problem| format!("{}: {problem}", method.bound.full_name))?;
            }
        }
        Ok(())
    }

    fn method(
        &mut self,
        service: &Service,
        resource: &Resource,
        method: &Method,
    ) -> Result<(), String> {
        let function =
            format!("{}_{}_{}", service.module, resource.module, method.name).replace("r#", "");
        let body = call(service, resource, method)?;
        let _ = writeln!(
            self.functions,
            "async fn {function}(client: &Client, arguments: &Value) -> Called {{\n{body}}}\n"
        );
        let name = format!("{}.{}", resource.id, method.bound.name);
        let _ = writeln!(
            self.table,
            "    ({name:?}, |client, arguments| Box::pin({function}(client, arguments))),"
        );
        Ok(())
    }

    pub(crate) fn finish(self) -> String {
        let Self { functions, table } = self;
        format!("{functions}pub(crate) static CALLS: &[(&str, Call)] = &[\n{table}];\n")
    }
}

fn call(service: &Service, resource: &Resource, method: &Method) -> Result<String, String> {
    let mut code = String::new();
    if method.params.is_empty() {
        code.push_str("    let _ = arguments;\n");
    }
    let _ = writeln!(
        code,
        "    let call = all_protocols::{}::{}(client).{}();",
        service.path(),
        resource.module,
        method.name
    );
    // The type of the builder changes with each setter of a required parameter.
    for param in method.required() {
        let name = &param.field.member.name;
        let value = argument(service, resource, param, &format!("&arguments[{name:?}]"))?;
        let _ = writeln!(code, "    let call = call.{}({value});", param.setter);
    }
    if method.optional().count() > 0 {
        code.push_str("    let mut call = call;\n");
    }
    for param in method.optional() {
        let value = argument(service, resource, param, "value")?;
        let _ = writeln!(
            code,
            "    if let Some(value) = arguments.get({:?}) {{ call = call.{}({value}); }}",
            param.field.member.name, param.setter
        );
    }
    code.push_str(match method.output {
        lower::Output::Nothing => "    call.send().await?;\n    Ok(Value::Null)\n",
        _ => "    output(&call.send().await?)\n",
    });
    Ok(code)
}

/// The argument of the setter of `param`, from the JSON `from`.
fn argument(
    service: &Service,
    resource: &Resource,
    param: &Param,
    from: &str,
) -> Result<String, String> {
    let Param { field, .. } = param;
    let value = value(&field.member.target, from)?;
    let path = service.path();
    let types = format!("all_protocols::{path}::types::");
    // No input has a row, so every type without a path is one of the module `types`.
    let _ = resource;
    let ty =
        field.types.value.replace("types::", &types).replace("runtime::", "pagesmith_runtime::");
    Ok(format!("{{ let value: {ty} = {value}; value }}"))
}

/// An expression that converts the JSON `from` to the type that its context expects.
fn value(target: &Target, from: &str) -> Result<String, String> {
    let element = |target: &Target, sparse: bool| -> Result<String, String> {
        let value = value(target, "value")?;
        Ok(if sparse { format!("optional(value).map(|value| {value})") } else { value })
    };
    Ok(match target {
        Target::String | Target::Known(_) | Target::JsonValue | Target::Enum(_) => {
            format!("text({from}).into()")
        }
        Target::Boolean => format!("boolean({from})"),
        Target::Integer => format!("integer({from})"),
        Target::Long => format!("long({from})"),
        Target::Float => format!("float({from})"),
        Target::Double => format!("double({from})"),
        Target::Blob | Target::Stream => format!("blob({from}).into()"),
        Target::Timestamp(_) => format!("timestamp({from})"),
        Target::Document => format!("Value::clone({from})"),
        Target::Structure(_) => format!("structure({from})"),
        Target::List { element: inner, sparse, .. } => {
            let element = element(inner, *sparse)?;
            format!("list({from}).iter().map(|value| {element}).collect()")
        }
        Target::Map { value: inner, sparse, .. } => {
            let element = element(inner, *sparse)?;
            format!("map({from}).iter().map(|(key, value)| (key.clone(), {element})).collect()")
        }
        Target::Row | Target::EventStream(_) => {
            return Err(format!(
                "params of type {target:?} are not supported by this build script"
            ));
        }
    })
}
