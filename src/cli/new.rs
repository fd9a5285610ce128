//! `earlybell new`: a scenario of one's own, from the template.

use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::scenario;
use crate::store::write_whole;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The folder to make, such as scenarios/our-district
    folder: PathBuf,
    /// Print what was written as JSON
    #[arg(long)]
    json: bool,
}

/// Copies the template and the model's rules into a new folder; never over anything that is there.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let files = [("scenario.ron", scenario::template()), ("model.ron", scenario::model_rules())];
    for (name, _) in files {
        let path = options.folder.join(name);
        if path.exists() {
            let path = path.display();
            return Err(Failure::Wrong(format!(
                "error: {path} is there already\n  help: name another folder, or move that file away first\n"
            )));
        }
    }
    for (name, text) in files {
        write_whole(&options.folder.join(name), text.as_bytes())?;
    }
    let folder = options.folder.display();
    if options.json {
        let written: Vec<String> =
            files.iter().map(|(name, _)| options.folder.join(name).display().to_string()).collect();
        print_json(&serde_json::json!({ "written": written }))?;
    } else {
        print(&format!(
            "Written: {folder}/scenario.ron (every key, explained) and {folder}/model.ron (the adoption model's rules).\n\
             Next: change scenario.ron to your district, then\n  earlybell check {folder}\n  earlybell run {folder}\n"
        ))?;
    }
    Ok(Ended::Well)
}
