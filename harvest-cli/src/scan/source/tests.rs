//! Sources of several languages.

use super::*;
use crate::version::VERSIONS;

fn scanner() -> Scanner {
    let [newer, older] = &VERSIONS;
    Scanner::new(
        older.operations,
        newer.operations,
        "https://harvest.greenhouse.io",
    )
}

/// What is found in a source: `GET candidates/{id}` at `2:5`, `?` if it is not sure.
fn found(file: &str, text: &str) -> Vec<String> {
    let scanner = scanner();
    let mut of_file = Source::new(&scanner, file, text).find();
    of_file.found.extend(of_file.relative);
    of_file.found.sort_by_key(|it| (it.line, it.column));
    let shown = of_file.found.iter().map(|it| {
        let what = match &it.what {
            What::Call {
                operations,
                certain,
                ..
            } => {
                let calls = operations.iter().map(|it| {
                    let path = it.path.trim_start_matches('/').split_once('/');
                    format!("{} {}", it.method.as_str(), path.map_or("", |it| it.1))
                });
                let doubt = if *certain { "" } else { "?" };
                calls.collect::<Vec<_>>().join(", ") + doubt
            }
            What::Client(client) => client.name.to_owned(),
            What::Base => "base".to_owned(),
            What::Unknown => format!("unknown {}", it.text),
        };
        format!("{}:{} {what}", it.line, it.column)
    });
    shown.collect()
}

#[test]
fn urls_of_the_host() {
    let text = "x = 'ü' + get(\"https://harvest.greenhouse.io/v1/candidates/#{id}?a=b\")\n\
                curl -X POST https://harvest.greenhouse.io/v1/candidates -d @c.json\n\
                \"https://harvest.greenhouse.io/v1/widgets\"\n\
                `https://harvest.greenhouse.io/v1/${path}`\n\
                # https://harvest.greenhouse.io/v1/jobs\n\
                'https://harvest.greenhouse.io/v3/jobs'\n\
                'https://other.example/v1/jobs' '/api/v1/jobs' '/v10/jobs'\n\
                'http://localhost:3000/v1/jobs'\n";
    assert_eq!(
        found("a.rb", text),
        [
            "1:45 GET candidates/{id}",
            "2:43 POST candidates",
            "3:31 unknown /v1/widgets",
            "4:31 base",
            "8:23 GET jobs, POST jobs?",
        ]
    );
}

#[test]
fn paths_without_the_host() {
    assert_eq!(
        found(
            "a.go",
            "// of greenhouse\nc.do(\"GET\", fmt.Sprintf(\"%s/v1/offers/%d\", base, id))"
        ),
        ["2:28 GET offers/{id}"]
    );
    assert!(
        found("a.go", "get(\"/v1/offers\")").is_empty(),
        "of some other service"
    );
    let text = "BASE = 'https://harvest.greenhouse.io/v1/'\n\
                a = get('users')\n\
                b = f'{BASE}/jobs/{id}'; c = requests.patch(b)\n\
                d = {'users': 1, 'jobs': 'jobs'}\n\
                e = http.post('/candidates/' + id + '/tags')\n\
                f = 'candidates/12/activity_feed'\n";
    assert_eq!(
        found("a.py", text),
        [
            "1:38 base",
            "2:10 GET users",
            "3:7 PATCH jobs/{id}",
            "5:16 GET candidates/{id}/tags",
            "6:6 GET candidates/{id}/activity_feed",
        ]
    );
    let newer = "GREENHOUSE = 'https://harvest.greenhouse.io/v3'\nget('/users')";
    assert!(found("a.py", newer).is_empty());
}

#[test]
fn calls_of_clients() {
    assert_eq!(
        found(
            "a.rb",
            "require 'greenhouse_io'\ngh = GreenhouseIo::Client.new\ngh.candidates.each { |c| \
             gh.create_candidate_note(c) }"
        ),
        [
            "1:1 greenhouse_io",
            "3:4 GET candidates?",
            "3:29 POST candidates/{id}/activity_feed/notes",
        ]
    );
    assert_eq!(
        found(
            "a.py",
            "from grnhse import Harvest\nh = Harvest(k)\nh.candidates.get(1)\nh.name.get(1)"
        ),
        ["1:1 grnhse-api", "3:14 GET candidates?"]
    );
    assert_eq!(
        found(
            "a.php",
            "use \\Greenhouse\\GreenhouseToolsPhp\\GreenhouseService;\n$h->getJobs(['id' => 1]);"
        ),
        ["1:6 grnhse/greenhouse-tools-php", "2:5 GET jobs"]
    );
    assert_eq!(
        found(
            "main.go",
            "import \"github.com/carnegierobotics/greenhouse-client-go/greenhouse\"\n\
             greenhouse.GetAllDepartments(c)"
        ),
        ["1:20 greenhouse-client-go", "2:12 GET departments"]
    );
    assert_eq!(
        found(
            "a.rs",
            "use harvest_generated::v1;\nclient.list_offers().send().await"
        ),
        ["1:5 harvest-generated, feature v1", "2:8 GET offers"]
    );
}

#[test]
fn any_text_is_looked_through() {
    for text in [
        "greenhouse '",
        "greenhouse\n/v1",
        "greenhouse '/v1/ü",
        "greenhouse\u{1}é/v1'\"`",
        "greenhouse '$",
        "",
    ] {
        found("a.rb", text);
    }
}

/// What of a source was not read.
fn cut(text: &str) -> Vec<String> {
    Source::new(&scanner(), "a.js", text).find().cut
}

const BASE: &str = "const base = 'https://harvest.greenhouse.io/v1';\n";

#[test]
fn paths_that_go_on_too_long_are_said() {
    for usual in [
        "get(base + '/jobs/' + id + '/stages')",
        "const html = '<div>' + a + '</div>' + b + '<p>' + c + '</p>';",
    ] {
        assert!(cut(&format!("{BASE}{usual}")).is_empty(), "{usual}");
    }
    let joins = |what: &str| format!("{what}'{}", " + 'a/'".repeat(30));
    let long = format!("'/v1/jobs/{}'", "a".repeat(700));
    for (what, text) in [
        ("joined", format!("{BASE}\n\n{}", joins("'/v1/jobs/"))),
        ("relative", format!("{BASE}\n\n{}", joins("'/jobs/"))),
        ("long", format!("{BASE}\n\n{long}")),
    ] {
        let cut = cut(&text);
        assert_eq!(cut.len(), 1, "{what}: {cut:?}");
        assert!(
            cut[0].contains("the first one in line 4"),
            "{what}: {cut:?}"
        );
    }
    // Of no other service.
    let other = joins("'/widgets/");
    assert!(cut(&format!("{BASE}{other}")).is_empty());
}

/// Each of n texts is joined with all behind it, in one line: no work grows with the square of that.
#[test]
fn joined_texts_take_time_by_their_length() {
    let begun = std::time::Instant::now();
    for piece in [
        "\"/v1/\"+",
        "'/v1/jobs/'+'",
        "\"/jobs/\"+",
        "'${base}/jobs/'+",
        "get('jobs')+",
        "`/v1/${'`+",
    ] {
        let count = 60_000 / piece.len();
        let text = format!("{BASE}{}", piece.repeat(count));
        let mut of_file = Source::new(&scanner(), "a.js", &text).find();
        of_file.found.append(&mut of_file.relative);
        let columns = of_file.found.iter().filter(|it| it.line == 2);
        assert!(columns.clone().all(|it| it.column < text.len()));
    }
    let spaces = format!(
        "{BASE}{}{}",
        " ".repeat(200_000),
        "'/v1/jobs' ".repeat(5_000)
    );
    Source::new(&scanner(), "a.js", &spaces).find();
    assert!(begun.elapsed().as_secs() < 40, "{:?}", begun.elapsed());
}

#[test]
fn columns_in_a_long_line() {
    let text = format!("ü {}", "'https://harvest.greenhouse.io/v1/jobs' ".repeat(3));
    let found = found("a.js", &text);
    let columns: Vec<_> = found.iter().filter_map(|it| it.split(' ').next()).collect();
    assert_eq!(columns, ["1:33", "1:73", "1:113"]);
}
