//! Settings and reports of the account.

use all_of_iam::aws::iam_api::types::{EntityType, ReportStateType};

use crate::world::{READ, World, same_json};
use crate::{Done, call, rows};

pub(crate) async fn alias(world: &World) -> Done {
    call!(world, account_alias.create, account_alias = "acme-corp");
    assert_eq!(rows!(world, account_aliases.list), ["acme-corp"]);
    call!(world, account_alias.delete, account_alias = "acme-corp");
    assert!(rows!(world, account_aliases.list).is_empty());
    Ok(())
}

pub(crate) async fn password_policy(world: &World) -> Done {
    call!(
        world,
        account_password_policies.update,
        minimum_password_length = 14,
        require_symbols = true,
        require_numbers = false,
        max_password_age = 90,
        password_reuse_prevention = 5,
    );
    let got = call!(world, account_password_policies.get).password_policy;
    assert_eq!(got.minimum_password_length, Some(14));
    assert_eq!(got.require_symbols, Some(true));
    assert_eq!(got.require_numbers, Some(false));
    assert_eq!(got.max_password_age, Some(90));
    assert_eq!(got.password_reuse_prevention, Some(5));
    call!(world, account_password_policies.delete);
    let policies = all_of_iam::aws::iam_api::account_password_policies(&world.client);
    assert!(policies.get().send().await.is_err());
    Ok(())
}

pub(crate) async fn reports(world: &World) -> Done {
    call!(world, users.create, user_name = "joe");
    call!(world, user_policies.put, user_name = "joe", policy_name = "own", policy_document = READ,);
    let summary = call!(world, account_summaries.get).summary_map.ok_or("no summary")?;
    assert!(summary.get("Users").is_some_and(|users| *users >= 1), "{summary:?}");
    assert_eq!(summary.get("AccountMFAEnabled"), Some(&0));

    let filter = [EntityType::User];
    let details = call!(world, account_authorization_details.get, filter = filter);
    let users = details.user_detail_list.ok_or("no users")?;
    let joe = users.iter().find(|user| user.user_name.as_deref() == Some("joe")).ok_or("no joe")?;
    let policies = joe.user_policy_list.clone().ok_or("no policies")?;
    let document = policies[0].policy_document.clone().ok_or("no document")?;
    assert!(same_json(&document, READ)?, "{document}");

    let state = call!(world, credential_reports.generate).state.ok_or("no state")?;
    assert!([ReportStateType::Started, ReportStateType::Complete].contains(&state));
    call!(world, credential_reports.generate);
    let report = call!(world, credential_reports.get).content.ok_or("no report")?;
    assert!(String::from_utf8(report)?.contains("\njoe,arn:aws:iam::"));
    call!(world, user_policies.delete, user_name = "joe", policy_name = "own");
    call!(world, users.delete, user_name = "joe");
    Ok(())
}
