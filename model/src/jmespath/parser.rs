//! The parser: operator precedence as in the reference implementation of `JMESPath`.

use super::lexer::{Token, tokens};
use super::{Kind, Member, Problem, Step, Types};

/// A parsed expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression<T> {
    /// The steps of its evaluation.
    pub steps: Vec<Step>,
    /// The type of what it gives.
    pub kind: Kind<T>,
    /// It reads a member whose value is a secret.
    pub sensitive: bool,
}

/// The deepest nesting of an expression. More is refused, because the parser and the runtime are recursive.
const DEEPEST: usize = 16;

/// Parses `text`, an expression about a value of the type `root`.
///
/// # Errors
/// If it is not `JMESPath`, has a form that is not supported, or names something that the type does not have.
pub fn parse<T: Types>(
    text: &str,
    root: T::Type,
    types: &T,
) -> Result<Expression<T::Type>, Problem> {
    let mut tokens = tokens(text).map_err(Problem::Form)?;
    tokens.reverse();
    let mut parser = Parser { tokens, types, sensitive: false, depth: 0 };
    let parsed = parser.expression(0, &Kind::Type(root))?;
    match parser.next() {
        Token::End => {}
        token => return Err(Problem::Form(unexpected(&token))),
    }
    let (steps, kind) = parsed.closed();
    Ok(Expression { steps, kind, sensitive: parser.sensitive })
}

/// How strongly each operator binds to what is left of it; the numbers are those of the reference implementation.
fn power(token: &Token) -> u8 {
    match token {
        Token::Mark("|") => 1,
        Token::Mark("||") => 2,
        Token::Mark("&&") => 3,
        Token::Comparison(_) => 5,
        Token::Mark("[]") => 9,
        Token::Mark("[?") => 21,
        Token::Mark(".") => 40,
        Token::Mark("[") => 55,
        _ => 0,
    }
}

/// The binding power of `!`.
const NOT: u8 = 45;

/// An expression so far.
struct Parsed<T> {
    steps: Vec<Step>,
    /// The type of its value; in a projection, that of each element.
    kind: Kind<T>,
    /// The number of projections within each other.
    projections: usize,
}

impl<T> Parsed<T> {
    fn new(steps: Vec<Step>, kind: Kind<T>) -> Self {
        Self { steps, kind, projections: 0 }
    }

    /// The steps and the type of the whole value.
    fn closed(self) -> (Vec<Step>, Kind<T>) {
        let kind = (0..self.projections).fold(self.kind, |kind, _| Kind::List(Box::new(kind)));
        (self.steps, kind)
    }

    /// The same as one value, to which further steps apply.
    fn whole(self) -> Self {
        let is_projection = self.projections > 0;
        let (mut steps, kind) = self.closed();
        if is_projection {
            steps.push(Step::Whole);
        }
        Self::new(steps, kind)
    }

    /// Adds a step after which the value has the type `kind`.
    fn step(mut self, step: Step, kind: Kind<T>) -> Self {
        self.steps.push(step);
        Self { kind, ..self }
    }

    /// Adds a step after which each element has the type `kind`.
    fn project(mut self, step: Step, kind: Kind<T>) -> Self {
        self.projections += 1;
        self.step(step, kind)
    }
}

struct Parser<'t, T> {
    /// In reverse order.
    tokens: Vec<Token>,
    types: &'t T,
    sensitive: bool,
    depth: usize,
}

impl<T: Types> Parser<'_, T> {
    fn next(&mut self) -> Token {
        self.tokens.pop().unwrap_or(Token::End)
    }

    /// Takes the next token if it is `mark`.
    fn take(&mut self, mark: &str) -> bool {
        let is_next = matches!(self.tokens.last(), Some(Token::Mark(next)) if *next == mark);
        if is_next {
            self.tokens.pop();
        }
        is_next
    }

    fn expect(&mut self, mark: &'static str) -> Result<(), Problem> {
        if self.take(mark) {
            return Ok(());
        }
        Err(Problem::Form(format!("expected `{mark}`: {}", unexpected(&self.next()))))
    }

    /// An expression about a value of the type `root`, up to an operator that binds no more strongly than `limit`.
    fn expression(&mut self, limit: u8, root: &Kind<T::Type>) -> Result<Parsed<T::Type>, Problem> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Problem::Form("it is nested too deeply".to_owned()));
        }
        let mut left = self.first(root)?;
        while self.tokens.last().is_some_and(|next| power(next) > limit) {
            left = self.operator(left, root)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    /// The first operand of an expression.
    fn first(&mut self, root: &Kind<T::Type>) -> Result<Parsed<T::Type>, Problem> {
        let start = |kind: &Kind<T::Type>| Parsed::new(Vec::new(), kind.clone());
        match self.next() {
            Token::Name(name) if self.take("(") => self.call(&name, root),
            Token::Name(name) => self.member(start(root), &name),
            Token::Text(text) => Ok(Parsed::new(vec![Step::Text(text)], Kind::Text)),
            Token::Literal(json) => literal(&json),
            Token::Mark("@") => Ok(start(root)),
            Token::Mark("*") => self.values(start(root)),
            Token::Mark("[]") => self.flatten(start(root)),
            Token::Mark("[?") => self.filter(start(root)),
            Token::Mark("[") => self.bracket(start(root), true),
            Token::Mark("(") => {
                let inner = self.expression(0, root)?;
                self.expect(")")?;
                Ok(inner.whole())
            }
            Token::Mark("!") => {
                let operand = self.expression(NOT, root)?;
                Ok(operand.whole().step(Step::Not, Kind::Boolean))
            }
            token => Err(Problem::Form(unexpected(&token))),
        }
    }

    /// `left` with the operator that follows it, and its right operand.
    fn operator(
        &mut self,
        left: Parsed<T::Type>,
        root: &Kind<T::Type>,
    ) -> Result<Parsed<T::Type>, Problem> {
        let token = self.next();
        let power = power(&token);
        match token {
            Token::Mark(".") => self.after_dot(left),
            Token::Mark("[]") => self.flatten(left),
            Token::Mark("[?") => self.filter(left),
            Token::Mark("[") => self.bracket(left, false),
            Token::Mark("|") => {
                let Parsed { mut steps, kind, .. } = left.whole();
                let right = self.expression(power, &kind)?;
                steps.extend(right.steps);
                Ok(Parsed { steps, ..right })
            }
            operator => {
                let (left, kind) = left.closed();
                let (right, _) = self.expression(power, root)?.closed();
                Ok(match operator {
                    Token::Comparison(comparison) => {
                        Parsed::new(vec![Step::Compare(comparison, left, right)], Kind::Boolean)
                    }
                    Token::Mark("||") => Parsed::new(vec![Step::Or(left, right)], kind),
                    _ => Parsed::new(vec![Step::And(left, right)], kind),
                })
            }
        }
    }

    fn after_dot(&mut self, left: Parsed<T::Type>) -> Result<Parsed<T::Type>, Problem> {
        match self.next() {
            Token::Name(name) => self.member(left, &name),
            Token::Mark("*") => self.values(left),
            Token::Mark("[") => self.list(left),
            token => Err(Problem::Form(unexpected(&token))),
        }
    }

    fn member(&mut self, left: Parsed<T::Type>, name: &str) -> Result<Parsed<T::Type>, Problem> {
        let found = match &left.kind {
            Kind::Type(of) => self.types.member(of, name),
            _ => None,
        };
        let Member { index, of, sensitive } =
            found.ok_or_else(|| Problem::Type(format!("there is no member `{name}`")))?;
        self.sensitive |= sensitive;
        Ok(left.step(Step::Member(index), Kind::Type(of)))
    }

    /// The type of the elements of a list.
    fn element(&self, list: &Kind<T::Type>) -> Option<Kind<T::Type>> {
        match list {
            Kind::Type(list) => self.types.element(list).map(Kind::Type),
            Kind::List(element) => Some((**element).clone()),
            _ => None,
        }
    }

    fn element_of(&self, list: &Kind<T::Type>, operator: &str) -> Result<Kind<T::Type>, Problem> {
        self.element(list).ok_or_else(|| {
            Problem::Type(format!("`{operator}` follows something that is not a list"))
        })
    }

    fn flatten(&mut self, left: Parsed<T::Type>) -> Result<Parsed<T::Type>, Problem> {
        let (steps, kind) = left.closed();
        let element = self.element_of(&kind, "[]")?;
        let inner = self.element(&element).unwrap_or(element);
        Ok(Parsed::new(steps, kind).project(Step::Flatten, inner))
    }

    fn values(&mut self, left: Parsed<T::Type>) -> Result<Parsed<T::Type>, Problem> {
        let value = match &left.kind {
            Kind::Type(map) => self.types.value(map),
            _ => None,
        };
        let value = value
            .ok_or_else(|| Problem::Type("`*` follows something that is not a map".to_owned()))?;
        Ok(left.project(Step::Values, Kind::Type(value)))
    }

    fn filter(&mut self, left: Parsed<T::Type>) -> Result<Parsed<T::Type>, Problem> {
        let element = self.element_of(&left.kind, "[?")?;
        let (condition, _) = self.expression(0, &element)?.closed();
        self.expect("]")?;
        Ok(left.project(Step::Filter(condition), element))
    }

    /// What follows `[`. A list of values can only be the start of an expression, or follow a dot.
    fn bracket(
        &mut self,
        left: Parsed<T::Type>,
        is_first: bool,
    ) -> Result<Parsed<T::Type>, Problem> {
        let has_end = matches!(self.tokens.iter().nth_back(1), Some(Token::Mark("]")));
        match self.tokens.last() {
            Some(Token::Number(index)) if has_end => {
                let (index, element) = (*index, self.element_of(&left.kind, "[")?);
                self.tokens.truncate(self.tokens.len().saturating_sub(2));
                Ok(left.step(Step::Index(index), element))
            }
            Some(Token::Mark("*")) if has_end => {
                let element = self.element_of(&left.kind, "[*]")?;
                self.tokens.truncate(self.tokens.len().saturating_sub(2));
                Ok(left.project(Step::Elements, element))
            }
            _ if is_first => self.list(left),
            _ => Err(Problem::Form(unexpected(&self.next()))),
        }
    }

    /// A list of values, after its `[`.
    fn list(&mut self, left: Parsed<T::Type>) -> Result<Parsed<T::Type>, Problem> {
        let (first, kind) = self.expression(0, &left.kind)?.closed();
        let mut values = vec![first];
        while self.take(",") {
            values.push(self.expression(0, &left.kind)?.closed().0);
        }
        self.expect("]")?;
        Ok(left.step(Step::List(values), Kind::List(Box::new(kind))))
    }

    /// The call of the function `name`, after its `(`.
    fn call(&mut self, name: &str, root: &Kind<T::Type>) -> Result<Parsed<T::Type>, Problem> {
        let argument = self.expression(0, root)?.whole();
        self.expect(")")?;
        match name {
            "length" => Ok(argument.step(Step::Length, Kind::Integer)),
            "keys" => match &argument.kind {
                Kind::Type(map) if self.types.value(map).is_some() => {
                    Ok(argument.step(Step::Keys, Kind::List(Box::new(Kind::Text))))
                }
                _ => Err(Problem::Type("the argument of `keys` is not a map".to_owned())),
            },
            _ => Err(Problem::Form(format!("the function `{name}` is not supported"))),
        }
    }
}

fn literal<T>(json: &str) -> Result<Parsed<T>, Problem> {
    match serde_json::from_str(json) {
        Ok(serde_json::Value::Bool(value)) => {
            Ok(Parsed::new(vec![Step::Boolean(value)], Kind::Boolean))
        }
        Ok(serde_json::Value::String(text)) => Ok(Parsed::new(vec![Step::Text(text)], Kind::Text)),
        Ok(serde_json::Value::Number(number)) if number.is_i64() => {
            let number = number.as_i64().unwrap_or_default();
            Ok(Parsed::new(vec![Step::Integer(number)], Kind::Integer))
        }
        _ => Err(Problem::Form(format!("the literal `{json}` is not supported"))),
    }
}

fn unexpected(token: &Token) -> String {
    match token {
        Token::End => "the expression ends too early".to_owned(),
        Token::Name(text) | Token::Text(text) | Token::Literal(text) => {
            format!("`{text}` is not supported here")
        }
        Token::Number(number) => format!("`{number}` is not supported here"),
        Token::Mark(mark) => format!("`{mark}` is not supported here"),
        Token::Comparison(_) => "a comparison is not supported here".to_owned(),
    }
}
