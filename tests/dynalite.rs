//! Calls Amazon DynamoDB's operations with dynalite, an independent server, at `$PAGESMITH_DYNALITE_ENDPOINT`, by the feature
//! `dynamic`: conditional writes, batches, and a scan of 10,000 items that is cancelled and resumed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::doc_markdown,
    missing_docs
)]

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use pagesmith::dynamic::{Call, Resources};
use pagesmith::{Client, ErrorKind};
use serde_json::{Value, json};

/// The operations of DynamoDB, and a client of dynalite.
struct Database {
    resources: Resources,
    client: Client,
}

impl Database {
    /// If a variable is not set, prints a message and returns `None`.
    fn find() -> Option<Self> {
        let (Ok(endpoint), Ok(data)) = (
            std::env::var("PAGESMITH_DYNALITE_ENDPOINT"),
            std::env::var("PAGESMITH_BOTOCORE_DATA"),
        ) else {
            eprintln!(
                "skipped: set PAGESMITH_DYNALITE_ENDPOINT to a dynalite server, and PAGESMITH_BOTOCORE_DATA to botocore's models, \
                 to call it"
            );
            return None;
        };
        let folder = Path::new(&data).join("dynamodb/2012-08-10");
        let read = |name: &str| {
            std::fs::read_to_string(folder.join(name)).unwrap_or_else(|_| {
                let packed = std::fs::File::open(folder.join(format!("{name}.gz"))).unwrap();
                let mut text = String::new();
                MultiGzDecoder::new(packed).read_to_string(&mut text).unwrap();
                text
            })
        };
        let (service, paginators) = (read("service-2.json"), read("paginators-1.json"));
        let client = Client::builder("us-east-1")
            .credentials("AKIDEXAMPLE", "secret", None)
            .endpoint_url(endpoint)
            .build()
            .unwrap();
        Some(Self {
            resources: Resources::from_model(&service, Some(&paginators)).unwrap(),
            client,
        })
    }

    fn call(&self, operation: &str, params: &Value) -> Call {
        let method = self.resources.method(operation).unwrap();
        method.call(&self.client).params(params.as_object().unwrap().clone())
    }

    async fn send(&self, operation: &str, params: &Value) -> Value {
        let sent = self.call(operation, params).send().await;
        sent.unwrap_or_else(|error| panic!("{operation} {params:.200}: {error:?}"))
    }

    /// Creates the table `name` with the key `Id`, and waits until it can be used.
    async fn table(&self, name: &str) {
        let params = json!({
            "TableName": name,
            "AttributeDefinitions": [{ "AttributeName": "Id", "AttributeType": "S" }],
            "KeySchema": [{ "AttributeName": "Id", "KeyType": "HASH" }],
            "ProvisionedThroughput": { "ReadCapacityUnits": 100, "WriteCapacityUnits": 100 },
        });
        let _ = self.call("DeleteTable", &json!({ "TableName": name })).send().await;
        for _ in 0..200 {
            let described = self.call("DescribeTable", &json!({ "TableName": name })).send().await;
            match described {
                Ok(table) if table["Table"]["TableStatus"] == "ACTIVE" => return,
                Ok(_) => {}
                Err(error) => {
                    assert_eq!(error.code(), Some("ResourceNotFoundException"), "{error:?}");
                    self.send("CreateTable", &params).await;
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the table {name} is not active");
    }
}

#[tokio::test]
async fn values_of_each_type_are_written_and_read() {
    let Some(database) = Database::find() else { return };
    database.table("types").await;
    let item = json!({
        "Id": { "S": "é 漢 \u{1f600} \"\\\u{0} <&>" },
        "Number": { "N": "12345678901234567890.123456789" },
        "Bytes": { "B": "AP8Q" },
        "Yes": { "BOOL": true },
        "Nothing": { "NULL": true },
        "Texts": { "SS": ["a", "b"] },
        "Numbers": { "NS": ["1", "2.5"] },
        "Blobs": { "BS": ["AA==", "AQ=="] },
        "Map": { "M": { "": { "S": "x" }, "Empty": { "M": {} } } },
        "List": { "L": [{ "S": "x" }, { "L": [] }, { "N": "-1" }] },
    });
    database.send("PutItem", &json!({ "TableName": "types", "Item": item })).await;
    let read = database
        .send(
            "GetItem",
            &json!({ "TableName": "types", "Key": { "Id": item["Id"] }, "ConsistentRead": true }),
        )
        .await;
    assert_eq!(read["Item"], item);
    let none = database
        .send("GetItem", &json!({ "TableName": "types", "Key": { "Id": { "S": "none" } } }))
        .await;
    assert_eq!(none.get("Item"), None);
}

#[tokio::test]
async fn conditional_writes_are_carried_out_once() {
    let Some(database) = Database::find() else { return };
    database.table("conditions").await;
    let put = json!({
        "TableName": "conditions", "Item": { "Id": { "S": "a" }, "Version": { "N": "1" } },
        "ConditionExpression": "attribute_not_exists(Id)",
    });
    database.send("PutItem", &put).await;
    let error = database.call("PutItem", &put).send().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Service, Some("ConditionalCheckFailedException"))
    );
    assert_eq!((error.status(), error.attempts()), (Some(400), 1));
    assert!(error.request_id().is_some());
    let update = |expected: &str, next: &str| {
        json!({
            "TableName": "conditions", "Key": { "Id": { "S": "a" } },
            "UpdateExpression": "SET Version = :next", "ConditionExpression": "Version = :expected",
            "ExpressionAttributeValues": { ":next": { "N": next }, ":expected": { "N": expected } },
            "ReturnValues": "ALL_NEW",
        })
    };
    let updated = database.send("UpdateItem", &update("1", "2")).await;
    assert_eq!(updated["Attributes"]["Version"], json!({ "N": "2" }));
    let error = database.call("UpdateItem", &update("1", "3")).send().await.unwrap_err();
    assert_eq!(error.code(), Some("ConditionalCheckFailedException"));
    let deleted = json!({
        "TableName": "conditions", "Key": { "Id": { "S": "a" } }, "ReturnValues": "ALL_OLD",
        "ConditionExpression": "Version = :v", "ExpressionAttributeValues": { ":v": { "N": "2" } },
    });
    assert_eq!(
        database.send("DeleteItem", &deleted).await["Attributes"]["Version"],
        json!({ "N": "2" })
    );
}

const ITEMS: usize = 10_000;

/// Writes items in batches of 25, and writes again what the service did not process.
async fn fill(database: &Database, table: &str) {
    let numbers: Vec<usize> = (0..ITEMS).collect();
    for numbers in numbers.chunks(25) {
        let puts: Vec<Value> = numbers
            .iter()
            .map(|number| {
                let item = json!({
                    "Id": { "S": format!("item {number}") }, "Number": { "N": number.to_string() },
                    "Text": { "S": "x".repeat(300) },
                });
                json!({ "PutRequest": { "Item": item } })
            })
            .collect();
        let mut left = json!({ table: puts });
        while !left.as_object().unwrap().is_empty() {
            let written = database.send("BatchWriteItem", &json!({ "RequestItems": left })).await;
            left = written["UnprocessedItems"].clone();
        }
    }
}

fn number(item: &Value) -> usize {
    item["Number"]["N"].as_str().unwrap().parse().unwrap()
}

/// The numbers of all items from the key in `params` on, and the number of pages.
async fn scan(database: &Database, params: &Value) -> (Vec<usize>, usize) {
    let (mut found, mut params, mut pages) = (Vec::new(), params.clone(), 0);
    loop {
        pages += 1;
        let page = database.send("Scan", &params).await;
        found.extend(page["Items"].as_array().unwrap().iter().map(number));
        match page.get("LastEvaluatedKey") {
            Some(key) => params["ExclusiveStartKey"] = key.clone(),
            None => return (found, pages),
        }
    }
}

#[tokio::test]
async fn ten_thousand_items_are_scanned_and_a_cancelled_scan_is_resumed() {
    let Some(database) = Database::find() else { return };
    database.table("items").await;
    fill(&database, "items").await;
    let all: BTreeSet<usize> = (0..ITEMS).collect();

    // Pages of the service's own size, which is a megabyte.
    let (found, pages) = scan(&database, &json!({ "TableName": "items" })).await;
    assert!(pages >= 3, "{pages} pages");
    assert_eq!(found.len(), ITEMS);
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), all);

    // A listing that is cancelled while a page is fetched, and goes on from the last key.
    let mut found = Vec::new();
    let mut params = json!({ "TableName": "items", "Limit": 900 });
    for _ in 0..4 {
        let page = database.send("Scan", &params).await;
        found.extend(page["Items"].as_array().unwrap().iter().map(number));
        params["ExclusiveStartKey"] = page["LastEvaluatedKey"].clone();
    }
    tokio::select! {
        biased;
        _ = database.send("Scan", &params) => panic!("the page must not be there yet"),
        () = tokio::task::yield_now() => {}
    }
    assert_eq!(found.len(), 3_600);
    let (rest, _) = scan(&database, &params).await;
    found.extend(rest);
    assert_eq!(found.len(), ITEMS);
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), all);

    let keys = json!([{ "Id": { "S": "item 1" } }, { "Id": { "S": "item 9999" } }, { "Id": { "S": "none" } }]);
    let read = database
        .send("BatchGetItem", &json!({ "RequestItems": { "items": { "Keys": keys } } }))
        .await;
    let read: BTreeSet<usize> =
        read["Responses"]["items"].as_array().unwrap().iter().map(number).collect();
    assert_eq!(read, BTreeSet::from([1, 9_999]));
}
