//! `earlybell clauses`: packs of clauses without a scenario; what they say, and whether their cases hold.

use crate::cli::clauses_list;
use crate::cli::clauses_test;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::scenario;
use crate::scenario::Pack;
use std::path::Path;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Options {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    list: clauses_list::ListOptions,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// List clauses: what they ask, who may change them, when they were last held against their source
    List(clauses_list::ListOptions),
    /// Run the cases beside each pack and compare the answers
    Test(clauses_test::TestOptions),
}

/// Where packs are named.
#[derive(Debug, clap::Args)]
pub struct PacksArgument {
    /// A pack of clauses, or a folder with packs in it
    #[arg(default_value = "scenarios/clauses")]
    pub packs: PathBuf,
}

/// Lists clauses or runs their cases.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    match &options.what {
        None => clauses_list::run(&options.list),
        Some(What::List(options)) => clauses_list::run(options),
        Some(What::Test(options)) => clauses_test::run(options),
    }
}

/// Packs that were read, and what was found where that failed.
pub struct PacksRead {
    /// Packs with the paths they were read from.
    pub packs: Vec<(PathBuf, Pack)>,
    /// Files without clauses.
    pub others: Vec<PathBuf>,
    /// Pictures of what is wrong in the other packs; empty when nothing is.
    pub wrong: String,
}

/// Reads the pack or all packs of a folder; warnings go to stderr. Packs that are wrong do not hide the others.
pub fn read_packs(path: &Path) -> Result<PacksRead, Failure> {
    let found = scenario::find_packs(path).map_err(|u| Failure::from_findings(&u.findings, &u.files))?;
    if found.packs.is_empty() {
        let path = path.display();
        return Err(Failure::Wrong(format!(
            "error: no file in `{path}` holds clauses\n  help: name a file or a folder of packs, such as scenarios/clauses\n"
        )));
    }
    let mut read = PacksRead { packs: Vec::new(), others: found.others, wrong: String::new() };
    for path in found.packs {
        match scenario::read_pack(&path) {
            Ok(pack) => {
                if !pack.warnings.is_empty() {
                    eprint!("{}", scenario::picture(&pack.warnings, &pack.files));
                }
                read.packs.push((path, pack));
            }
            Err(unread) => read.wrong.push_str(&scenario::picture(&unread.findings, &unread.files)),
        }
    }
    Ok(read)
}

/// Ends with what was wrong, if anything was, after all the rest has been shown.
pub fn end(wrong: String, well: Ended) -> Result<Ended, Failure> {
    if wrong.is_empty() { Ok(well) } else { Err(Failure::Wrong(wrong)) }
}
