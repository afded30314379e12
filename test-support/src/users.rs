//! A page, a model and an override file that match. They are small, so that tests can change single words.

pub const PAGE: &str = "\
---
title: users
---

## Overview
<table><tbody>
<tr><td><b>Name</b></td><td><code>users</code></td></tr>
<tr><td><b>Type</b></td><td>Resource</td></tr>
<tr><td><b>Id</b></td><td><code>aws.iam_api.users</code></td></tr>
</tbody></table>

## Fields
| Name | Datatype | Description |
|:-----|:---------|:------------|
| `UserName` | `string` | The name of the user. |
## Methods
| Name | Accessible by | Required Params | Description |
|:-----|:--------------|:----------------|:------------|
| `users_List` | `SELECT` | `region` | Lists the users. |
| `users_Create` | `INSERT` | `UserName, region` | Creates a user. |
| `users_Add` | `EXEC` | `region` | What the rule does not find. |
";

pub const MODEL: &str = r#"{
  "version": "2.0",
  "metadata": {
    "apiVersion": "2010-05-08", "endpointPrefix": "iam", "protocol": "query",
    "serviceFullName": "Identity", "serviceId": "IAM"
  },
  "operations": {
    "ListUsers": {
      "name": "ListUsers", "http": { "method": "POST", "requestUri": "/" },
      "output": { "shape": "ListUsersResponse", "resultWrapper": "ListUsersResult" }
    },
    "CreateUser": {
      "name": "CreateUser", "http": { "method": "POST", "requestUri": "/" },
      "input": { "shape": "CreateUserRequest" }
    },
    "AddUserToGroup": { "name": "AddUserToGroup", "http": { "method": "POST", "requestUri": "/" } }
  },
  "shapes": {
    "CreateUserRequest": {
      "type": "structure",
      "required": ["UserName"],
      "members": { "UserName": { "shape": "nameType" }, "Path": { "shape": "nameType" } }
    },
    "ListUsersResponse": { "type": "structure", "members": { "Users": { "shape": "userListType" } } },
    "userListType": { "type": "list", "member": { "shape": "User" } },
    "User": { "type": "structure", "members": { "UserName": { "shape": "nameType" }, "Path": { "shape": "nameType" } } },
    "nameType": { "type": "string" }
  }
}
"#;

pub const OVERRIDES: &str = r#"{
  "operations": {
    "users.Add": { "operation": "AddUserToGroup", "reason": "the rule looks for AddUser" }
  },
  "sensitive": {
    "nameType": { "reason": "for the test" }
  }
}
"#;
