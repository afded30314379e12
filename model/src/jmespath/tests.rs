use super::{Comparison, Expression, Kind, Member, Step, Types, parse};

/// Structures by name, each with its members and their types: `[Job]` is a list, `{Job}` a map.
struct Samples;

impl Types for Samples {
    type Type = &'static str;

    fn member(&self, structure: &&'static str, name: &str) -> Option<Member<&'static str>> {
        let members: &[(&str, &'static str)] = match *structure {
            "Output" => &[
                ("Jobs", "[Job]"),
                ("Next", "string"),
                ("ByName", "{Job}"),
                ("Rows", "[[string]]"),
                ("Secret", "string"),
            ],
            "Job" => {
                &[("Id", "string"), ("State", "string"), ("Tags", "[string]"), ("Size", "integer")]
            }
            _ => &[],
        };
        let index = members.iter().position(|(member, _)| *member == name)?;
        Some(Member { index, of: members[index].1, sensitive: name == "Secret" })
    }

    fn element(&self, list: &&'static str) -> Option<&'static str> {
        list.strip_prefix('[')?.strip_suffix(']')
    }

    fn value(&self, map: &&'static str) -> Option<&'static str> {
        map.strip_prefix('{')?.strip_suffix('}')
    }
}

fn parsed(text: &str) -> Expression<&'static str> {
    parse(text, "Output", &Samples).unwrap_or_else(|problem| panic!("{text}: {problem}"))
}

#[test]
fn members_have_their_indices() {
    let Expression { steps, kind, sensitive } = parsed("Jobs[-1].State");
    assert_eq!(steps, [Step::Member(0), Step::Index(-1), Step::Member(1)]);
    assert_eq!((kind, sensitive), (Kind::Type("string"), false));
    assert!(parsed("Next || Secret").sensitive);
    assert_eq!(parsed("@").steps, []);
}

#[test]
fn projections_give_lists() {
    let list = |kind| Kind::List(Box::new(kind));
    for (text, kind) in [
        ("Jobs", Kind::Type("[Job]")),
        ("Jobs[].Id", list(Kind::Type("string"))),
        ("Jobs[*].Tags[]", list(Kind::Type("string"))),
        ("Jobs[*].Tags[*]", list(list(Kind::Type("string")))),
        ("Rows[]", list(Kind::Type("string"))),
        ("ByName.*.Tags", list(Kind::Type("[string]"))),
        ("keys(ByName)", list(Kind::Text)),
        ("Jobs[*].[Id, State][]", list(Kind::Type("string"))),
        ("Jobs[?Size == `1`]", list(Kind::Type("Job"))),
        ("(Jobs[].Id)[0]", Kind::Type("string")),
        ("Jobs[].Id | [0]", Kind::Type("string")),
        ("length(Jobs[].Id) > `0`", Kind::Boolean),
        ("length(Next || '')", Kind::Integer),
    ] {
        assert_eq!(parsed(text).kind, kind, "{text}");
    }
}

#[test]
fn operators_bind_as_in_the_reference_implementation() {
    let state = |text: &str| {
        let (left, right) = (vec![Step::Member(1)], vec![Step::Text(text.to_owned())]);
        vec![Step::Compare(Comparison::Equal, left, right)]
    };
    let condition = Step::Or(state("A"), vec![Step::And(state("B"), state("C"))]);
    let steps = parsed("Jobs[?State == 'A' || State == 'B' && State == 'C'].Id").steps;
    assert_eq!(steps, [Step::Member(0), Step::Filter(vec![condition]), Step::Member(0)]);
    let steps = parsed("!(Jobs[].Id)").steps;
    assert_eq!(steps, [Step::Member(0), Step::Flatten, Step::Member(0), Step::Whole, Step::Not]);
}

#[test]
fn what_is_not_supported_is_refused() {
    for (text, expected) in [
        ("", "the expression ends too early"),
        ("Nothing", "there is no member `Nothing`"),
        ("Jobs.Id", "there is no member `Id`"),
        ("Next[0]", "`[` follows something that is not a list"),
        ("Next[]", "`[]` follows something that is not a list"),
        ("Jobs.*", "`*` follows something that is not a map"),
        ("Jobs[0:2]", "`0` is not supported here"),
        ("sort(Jobs)", "the function `sort` is not supported"),
        ("keys(Next)", "the argument of `keys` is not a map"),
        ("length(Jobs", "expected `)`: the expression ends too early"),
        ("Jobs[?Size == `1.5`]", "the literal `1.5` is not supported"),
        ("{a: Next}", "`{` is not supported here"),
        ("Next Next", "`Next` is not supported here"),
        ("Next == #", "`#` does not start with a token of JMESPath"),
        ("'it\\'s'", "`'it\\'s'` does not start with a token of JMESPath"),
    ] {
        assert_eq!(parse(text, "Output", &Samples).unwrap_err().to_string(), expected, "{text}");
    }
    let deep = format!("{}Next{}", "(".repeat(100_000), ")".repeat(100_000));
    assert_eq!(
        parse(&deep, "Output", &Samples).unwrap_err().to_string(),
        "it is nested too deeply"
    );
}
