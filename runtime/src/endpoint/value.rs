//! Values of the rule language.

use super::partitions::Partition;
use super::texts::Texts;
use super::url::Url;

/// A value. It is copied, and borrows what it consists of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'v> {
    Absent,
    Boolean(bool),
    Integer(usize),
    Text(&'v str),
    Texts(&'v [&'v str]),
    Partition(&'static Partition),
    Arn(Arn<'v>),
    /// The resource of an ARN, a list of the texts between `:` and `/`.
    Resource(&'v str),
    Url(Url<'v>),
}

/// A part of a value, as `getAttr` and templates name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as in the rule language")]
pub enum Attribute {
    Name,
    DnsSuffix,
    DualStackDnsSuffix,
    SupportsFips,
    SupportsDualStack,
    ImplicitGlobalRegion,
    Partition,
    Service,
    Region,
    AccountId,
    ResourceId,
    Scheme,
    Authority,
    Path,
    NormalizedPath,
    IsIp,
    /// An element of a list.
    Index(usize),
}

impl Attribute {
    /// The attribute with a name of the rule language, such as `dnsSuffix`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "name" => Self::Name,
            "dnsSuffix" => Self::DnsSuffix,
            "dualStackDnsSuffix" => Self::DualStackDnsSuffix,
            "supportsFIPS" => Self::SupportsFips,
            "supportsDualStack" => Self::SupportsDualStack,
            "implicitGlobalRegion" => Self::ImplicitGlobalRegion,
            "partition" => Self::Partition,
            "service" => Self::Service,
            "region" => Self::Region,
            "accountId" => Self::AccountId,
            "resourceId" => Self::ResourceId,
            "scheme" => Self::Scheme,
            "authority" => Self::Authority,
            "path" => Self::Path,
            "normalizedPath" => Self::NormalizedPath,
            "isIp" => Self::IsIp,
            _ => return None,
        })
    }

    /// Whether the attribute is a part of a URL, in which only allowed characters are.
    pub(crate) fn is_of_url(self) -> bool {
        matches!(self, Self::Scheme | Self::Authority | Self::Path | Self::NormalizedPath)
    }
}

impl<'v> Value<'v> {
    /// A part of this value. None if values of this type have no such part.
    pub(crate) fn attribute(self, attribute: Attribute, texts: &'v Texts) -> Option<Self> {
        Some(match (self, attribute) {
            (Self::Partition(partition), Attribute::Name) => Self::Text(partition.name),
            (Self::Partition(partition), Attribute::DnsSuffix) => Self::Text(partition.dns_suffix),
            (Self::Partition(partition), Attribute::DualStackDnsSuffix) => {
                Self::Text(partition.dual_stack_suffix)
            }
            (Self::Partition(partition), Attribute::SupportsFips) => {
                Self::Boolean(partition.supports_fips)
            }
            (Self::Partition(partition), Attribute::SupportsDualStack) => {
                Self::Boolean(partition.supports_dual_stack)
            }
            (Self::Partition(partition), Attribute::ImplicitGlobalRegion) => {
                Self::Text(partition.implicit_global_region)
            }
            (Self::Arn(arn), Attribute::Partition) => Self::Text(arn.part(1)?),
            (Self::Arn(arn), Attribute::Service) => Self::Text(arn.part(2)?),
            (Self::Arn(arn), Attribute::Region) => Self::Text(arn.part(3)?),
            (Self::Arn(arn), Attribute::AccountId) => Self::Text(arn.part(4)?),
            (Self::Arn(arn), Attribute::ResourceId) => Self::Resource(arn.part(5)?),
            (Self::Url(url), Attribute::Scheme) => Self::Text(url.scheme()?),
            (Self::Url(url), Attribute::Authority) => Self::Text(url.authority()?),
            (Self::Url(url), Attribute::Path) => Self::Text(url.path()?),
            (Self::Url(url), Attribute::NormalizedPath) => {
                Self::Text(texts.keep_cow(url.normalized_path()?)?)
            }
            (Self::Url(url), Attribute::IsIp) => Self::Boolean(url.is_ip()?),
            (Self::Resource(resource), Attribute::Index(index)) => {
                resource.split([':', '/']).nth(index).map_or(Self::Absent, Self::Text)
            }
            (Self::Texts(list), Attribute::Index(index)) => {
                list.get(index).map_or(Self::Absent, |text| Self::Text(text))
            }
            _ => return None,
        })
    }
}

/// An ARN: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`, where region and account may be empty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arn<'v>(&'v str);

impl<'v> Arn<'v> {
    pub(crate) fn parse(text: &'v str) -> Option<Self> {
        let arn = Self(text);
        let is_given = |number: usize| arn.part(number).is_some_and(|part| !part.is_empty());
        (text.starts_with("arn:") && [1, 2, 5].into_iter().all(is_given)).then_some(arn)
    }

    fn part(self, number: usize) -> Option<&'v str> {
        self.0.splitn(6, ':').nth(number)
    }
}
