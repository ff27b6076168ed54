//! In which year somebody became a member is decided by the approval of the committee above, not by the branch's meeting.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use crate::desk::{Desk, college, problems};
use serde_json::Value as Json;

/// Of the three who were approved in 2024 one was received by a meeting of December 2023.
fn received(name: &str, approved: &str, stage: &str) -> Desk {
    let desk = college::desk(name, "2024-12-31", "party-annual");
    desk.patch("data/党员.csv", "预备党员,2024-06-30,", "预备党员,2023-12-27,");
    let row = format!("2023年6月,2023-12-27,{stage},{approved},,");
    desk.patch("data/党员发展.csv", "2023年6月,2024-06-30,预备党员,2024-06-30,,", &row);
    desk
}

fn fact(desk: &Desk, id: &str) -> String {
    let ran = desk.run(&["explain", id, "--format", "json"]);
    let explained: Json = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    explained["value"].as_str().unwrap().to_owned()
}

/// Errors and queries about approvals.
fn found(desk: &Desk) -> Vec<String> {
    let all = problems(&desk.run(&["check", ".", "--format", "json"]).findings());
    all.into_iter().filter(|it| it.contains("approval") || it.contains("registered")).collect()
}

#[test]
fn a_meeting_of_december_that_was_approved_in_january_counts_in_january() {
    for (name, approved, stage, n_developed) in [
        ("january", "2024-01-20", "预备党员", "3人"),
        ("december", "2023-12-30", "预备党员", "2人"),
        ("last-day", "2023-12-31", "预备党员", "2人"),
        // The stage may lag behind: what was approved was approved.
        ("stage-behind", "2024-01-01", "领取志愿书", "3人"),
        // Not approved so far, and nothing says otherwise.
        ("waiting", "", "领取志愿书", "2人"),
    ] {
        let desk = received(name, approved, stage);
        assert_eq!(found(&desk), [""; 0], "{name}");
        assert_eq!(fact(&desk, "members_developed"), n_developed, "{name}");
    }
}

#[test]
fn a_member_without_a_day_of_approval_is_asked_for_it_and_never_counted_by_the_meeting() {
    let desk = received("missing", "", "预备党员");
    assert_eq!(found(&desk), ["error approval-missing data/党员发展.csv -!P6"]);
    desk.run(&["build", ".", "--out", "out"]).expect(1);
    assert!(
        desk.files("out").keys().all(|it| !it.starts_with("statistics/")),
        "{:?}",
        desk.files("out").keys()
    );
}

#[test]
fn confirmations_count_by_their_approval_too() {
    let desk = |name: &str| college::desk(name, "2024-12-31", "party-annual");
    let both = |desk: &Desk| (fact(desk, "members_confirmed"), found(desk));
    assert_eq!(both(&desk("confirmed")), ("1人".to_owned(), vec![]));
    let later = desk("approved-in-2025");
    later.patch("data/党员发展.csv", "2024-10-08,2024-10-20", "2024-10-08,2025-01-08");
    assert_eq!(both(&later).0, "0人");
    let missing = desk("not-approved");
    missing.patch("data/党员发展.csv", "2024-10-08,2024-10-20", "2024-10-08,");
    assert_eq!(found(&missing), ["error confirmation-approval-missing data/党员发展.csv -!R5"]);
}

#[test]
fn who_is_new_on_the_roster_and_in_no_register_is_asked_about() {
    let desk = college::desk("unregistered", "2024-12-31", "party-annual");
    desk.patch("data/党员发展.csv", "S02,王芳", "X02,王某");
    desk.patch("data/党员发展.csv", "S04,孙丽", "X04,孙某");
    let asked = [
        "query confirmation-not-registered data/党员.csv -!L3",
        "query reception-not-registered data/党员.csv -!K5",
    ];
    assert_eq!(found(&desk), asked);
    // Who came from elsewhere was received elsewhere.
    desk.patch("data/党员.csv", "2024-10-08,,", "2024-10-08,2024年11月,");
    desk.patch("data/党员.csv", "2024-07-01,,,", "2024-07-01,,2024年9月,");
    assert_eq!(found(&desk), [""; 0]);
}
