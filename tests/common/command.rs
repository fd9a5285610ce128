//! The command as users call it, and the files that it leaves.

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

/// The folder of the project.
pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The command in the folder of the project.
pub fn earlybell(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("earlybell").unwrap();
    command.current_dir(project()).args(arguments);
    command
}

/// What was printed, as text.
pub fn text_of(bytes: impl AsRef<[u8]>) -> String {
    String::from_utf8(bytes.as_ref().to_vec()).unwrap()
}

/// Files by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Every file below a folder, by its name inside it.
pub fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}
