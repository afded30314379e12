use super::{Scope, WireName};

/// The next free number behind a name is where the last one was found.
#[test]
fn names_that_collide_take_a_step_each() {
    let steps = |count| {
        let mut scope = Scope::default();
        for _ in 0..=count {
            scope.take(WireName("name").to_snake());
        }
        scope.tried
    };
    let (few, many) = (steps(200), steps(400));
    assert!(few >= 200, "nothing was counted");
    assert!(many <= few * 2 + few / 10, "{few} steps for 200, {many} for 400");
}
