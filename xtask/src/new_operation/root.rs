//! The root file of a version: a line for the path, and an entry for a new resource.

use super::Wanted;

/// The root file with the operation in it, paths and tags in order.
pub(super) fn add(root: &str, wanted: &Wanted) -> Result<String, String> {
    let mut lines: Vec<String> = root.lines().map(str::to_owned).collect();
    add_path(&mut lines, wanted)?;
    add_tag(&mut lines, wanted)?;
    Ok(lines.join("\n") + "\n")
}

/// The lines of a block, without its own.
fn block(lines: &[String], key: &str) -> Result<std::ops::Range<usize>, String> {
    let begin = lines
        .iter()
        .position(|line| line == key)
        .ok_or_else(|| format!("the root file has no line `{key}`"))?;
    let is_inside = |line: &String| line.is_empty() || line.starts_with([' ', '#']);
    let length = lines[begin + 1..]
        .iter()
        .take_while(|line| is_inside(line))
        .count();
    Ok(begin + 1..begin + 1 + length)
}

fn add_path(lines: &mut Vec<String>, wanted: &Wanted) -> Result<(), String> {
    let paths = block(lines, "paths:")?;
    let own = format!("  {}:", wanted.path);
    let line = format!(
        "    {}: {{$ref: resources/{}/{}.yaml}}",
        wanted.method, wanted.resource, wanted.operation
    );
    let is_path = |line: &str| line.starts_with("  /");
    if let Some(at) = paths.clone().find(|at| lines[*at] == own) {
        let methods = (at + 1..paths.end).take_while(|at| !is_path(&lines[*at]));
        let methods: Vec<_> = methods.collect();
        let same = format!("    {}:", wanted.method);
        if methods.iter().any(|at| lines[*at].starts_with(&same)) {
            return Err(format!(
                "{} {} is described already",
                wanted.method.to_uppercase(),
                wanted.path
            ));
        }
        lines.insert(methods.last().map_or(at, |last| *last) + 1, line);
        return Ok(());
    }
    // `/rooms` before `/rooms/{id}`, whatever comes after the path.
    let path = |line: &str| line.trim().trim_end_matches(':').to_owned();
    let next = paths
        .clone()
        .find(|at| is_path(&lines[*at]) && path(&lines[*at]) > wanted.path);
    let at = next.unwrap_or(paths.end);
    lines.splice(at..at, [own, line]);
    Ok(())
}

fn add_tag(lines: &mut Vec<String>, wanted: &Wanted) -> Result<(), String> {
    let tags = block(lines, "tags:")?;
    let own = format!("  - name: {}", wanted.resource);
    let is_tag = |line: &str| line.starts_with("  - name: ");
    if tags.clone().any(|at| lines[at] == own) {
        return Ok(());
    }
    let next = tags
        .clone()
        .find(|at| is_tag(&lines[*at]) && lines[*at] > own);
    let at = next.unwrap_or(tags.end);
    let mut entry = vec![own];
    if lines[tags]
        .iter()
        .any(|line| line.starts_with("    x-displayName:"))
    {
        let mut words = wanted.resource.replace('_', " ");
        words[..1].make_ascii_uppercase();
        entry.push(format!("    x-displayName: {words}"));
    }
    entry.push("    description: 'TODO: what the resource is, in a sentence.'".to_owned());
    lines.splice(at..at, entry);
    Ok(())
}
