//! A page and a service model for tests of comparisons, and a function to edit them.

const HEAD: &str = "\
---
title: users
keywords:
  - users
  - iam
description: Query AWS resources using SQL
---

## Overview
<table><tbody>
<tr><td><b>Name</b></td><td><code>users</code></td></tr>
<tr><td><b>Type</b></td><td>Resource</td></tr>
<tr><td><b>Id</b></td><td><code>aws.iam.users</code></td></tr>
</tbody></table>

## Fields
";

pub const FIELDS: &str = "\
| Name | Datatype | Description |
|:-----|:---------|:------------|
| `Arn` | `string` | The ARN of the user. |
| `UserName` | `string` | The name of the user. |
";

const METHODS: &str = "\
## Methods
| Name | Accessible by | Required Params | Description |
|:-----|:--------------|:----------------|:------------|
| `users_List` | `SELECT` | `region` | Lists the users. |
| `users_Create` | `INSERT` | `UserName, Path, region` | Creates a user. |
";

/// One page of `gfm-2024`.
pub fn page() -> String {
    [HEAD, FIELDS, METHODS].concat()
}

pub fn edited(text: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "there is no {from:?}");
        text.replacen(from, to, 1)
    })
}

/// The service model with the operations of the page.
pub const MODEL: &str = r#"{
  "version": "2.0",
  "metadata": {
    "apiVersion": "2010-05-08", "endpointPrefix": "iam", "protocol": "query", "serviceFullName": "Users",
    "serviceId": "IAM", "signatureVersion": "v4", "xmlNamespace": "https://iam.example/"
  },
  "operations": {
    "ListUsers": {
      "name": "ListUsers", "http": { "method": "POST", "requestUri": "/" },
      "input": { "shape": "ListRequest" },
      "output": { "shape": "ListResponse", "resultWrapper": "ListUsersResult" },
      "errors": [{ "shape": "NoSuchEntity" }, { "shape": "Failure" }]
    },
    "CreateUser": {
      "name": "CreateUser", "http": { "method": "POST", "requestUri": "/" },
      "input": { "shape": "CreateRequest" },
      "output": { "shape": "CreateResponse", "resultWrapper": "CreateUserResult" },
      "errors": [{ "shape": "Failure" }]
    }
  },
  "shapes": {
    "ListRequest": { "type": "structure", "members": {
      "Marker": { "shape": "text" }, "MaxItems": { "shape": "count" }, "Depth": { "shape": "count" } } },
    "ListResponse": { "type": "structure", "required": ["Users"], "members": {
      "Users": { "shape": "users" }, "IsTruncated": { "shape": "flag" }, "Marker": { "shape": "text" } } },
    "CreateRequest": { "type": "structure", "required": ["UserName", "Path"], "members": {
      "UserName": { "shape": "text" }, "Path": { "shape": "text" }, "Tag": { "shape": "Tag" },
      "Kind": { "shape": "kind" } } },
    "CreateResponse": { "type": "structure", "required": ["Id"], "members": {
      "Id": { "shape": "text" }, "Note": { "shape": "text" } } },
    "User": { "type": "structure", "required": ["Arn"], "members": {
      "Arn": { "shape": "text" }, "UserName": { "shape": "text" }, "Path": { "shape": "text" },
      "Group": { "shape": "text" } } },
    "Tag": { "type": "structure", "required": ["Key", "Value"], "members": {
      "Key": { "shape": "text" }, "Value": { "shape": "text" }, "Note": { "shape": "text" } } },
    "NoSuchEntity": { "type": "structure", "members": {}, "exception": true },
    "Failure": { "type": "structure", "members": {}, "exception": true },
    "users": { "type": "list", "member": { "shape": "User" } },
    "kind": { "type": "string", "enum": ["Human", "Robot"] },
    "text": { "type": "string" },
    "count": { "type": "integer" },
    "flag": { "type": "boolean" }
  }
}"#;
