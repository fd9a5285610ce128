//! The store: the only room that writes files, each whole or not at all, with a receipt.
//!
//! Has file names and bytes, gives a folder that can be verified. A folder without `receipt.json` is not a
//! finished run: the old receipt goes first, the new one comes last.

use crate::experiments::Asked;
use crate::experiments::Unit;
use crate::report::OutputFile;
use crate::scenario::InputFile;
use serde::Deserialize;
use serde::Serialize;
use sha2::Digest;
use sha2::Sha256;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// The name of the receipt in a run's folder.
pub const RECEIPT: &str = "receipt.json";

/// A file and what it hashes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hashed {
    /// The file's name.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// What a run was made from and what it made: enough to make it again and compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Hash of everything below but the outputs; stands in the footer of the report.
    pub id: String,
    /// The scenario as it was named on the command line; the baseline of a comparison.
    pub scenario: String,
    /// What it was compared with, as named; nothing for a run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compared_with: Vec<String>,
    /// School days of the cycle that a comparison tells minutes by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle_days: Option<u32>,
    /// How many candidates a search simulates at most; nothing for anything but a search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub simulate: Option<u32>,
    /// The proposals that were tried as levers, by name; nothing for anything else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levers: Vec<String>,
    /// What was asked of an experiment; nothing for anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experiment: Option<Asked>,
    /// What was asked of a calibration; nothing for anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibrated: Option<Calibrated>,
    /// Version of the program.
    pub version: String,
    /// Fingerprint of the program's source.
    pub engine: String,
    /// The seed.
    pub seed: u64,
    /// How many replicates.
    pub replicates: u32,
    /// Files that were read.
    pub inputs: Vec<Hashed>,
    /// Files that were written.
    pub outputs: Vec<Hashed>,
}

/// What was asked of a calibration, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibrated {
    /// The file of the series, as it was named.
    pub file: String,
    /// Which of its series, where one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// The share that was held out, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold_out: Option<String>,
    /// Whether gaps were declared.
    pub allow_gaps: bool,
    /// Whether values had to rise.
    pub must_rise: bool,
    /// How many particles.
    pub particles: u32,
    /// Parameters of the scenario that were fitted; none for the built-in model.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fit: Vec<String>,
    /// What was held against the series of the scenario.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
}

/// A file that could not be written or read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {cause}")]
pub struct StoreError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub cause: std::io::Error,
}

/// The receipt of a run before its outputs are known.
pub fn receipt(scenario: &str, seed: u64, replicates: u32, inputs: &[InputFile]) -> Receipt {
    let inputs: Vec<Hashed> =
        inputs.iter().map(|f| Hashed { name: f.name.clone(), sha256: sha256(f.text.as_bytes()) }).collect();
    let mut receipt = Receipt {
        id: String::new(),
        scenario: scenario.to_string(),
        compared_with: Vec::new(),
        cycle_days: None,
        simulate: None,
        levers: Vec::new(),
        experiment: None,
        calibrated: None,
        version: env!("CARGO_PKG_VERSION").to_string(),
        engine: env!("EARLYBELL_ENGINE").to_string(),
        seed,
        replicates,
        inputs,
        outputs: Vec::new(),
    };
    receipt.id = id_of(&receipt);
    receipt
}

/// The receipt of a comparison before its outputs are known; inputs of all sides stand in it, each once.
pub fn receipt_of_comparison(
    named: &[String],
    cycle_days: u32,
    seed: u64,
    replicates: u32,
    inputs: &[InputFile],
) -> Receipt {
    let (scenario, others) = named.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    let mut receipt = receipt(scenario, seed, replicates, inputs);
    receipt.compared_with = others.to_vec();
    receipt.cycle_days = Some(cycle_days);
    receipt.id = id_of(&receipt);
    receipt
}

/// The receipt of a search before its outputs are known.
pub fn receipt_of_search(scenario: &str, simulate: u32, seed: u64, replicates: u32, inputs: &[InputFile]) -> Receipt {
    let mut receipt = receipt(scenario, seed, replicates, inputs);
    receipt.simulate = Some(simulate);
    receipt.id = id_of(&receipt);
    receipt
}

/// The receipt of levers before its outputs are known.
pub fn receipt_of_levers(
    scenario: &str,
    levers: &[String],
    seed: u64,
    replicates: u32,
    inputs: &[InputFile],
) -> Receipt {
    let mut receipt = receipt(scenario, seed, replicates, inputs);
    receipt.levers = levers.to_vec();
    receipt.id = id_of(&receipt);
    receipt
}

/// The receipt of an experiment before its outputs are known.
pub fn receipt_of_experiment(scenario: &str, asked: &Asked, seed: u64, inputs: &[InputFile]) -> Receipt {
    let mut receipt = receipt(scenario, seed, asked.replicates, inputs);
    receipt.experiment = Some(asked.clone());
    receipt.id = id_of(&receipt);
    receipt
}

/// The receipt of a calibration before its outputs are known; `scenario` is empty for the built-in model.
pub fn receipt_of_calibration(scenario: &str, asked: Calibrated, seed: u64, inputs: &[InputFile]) -> Receipt {
    let mut receipt = receipt(scenario, seed, asked.particles, inputs);
    receipt.calibrated = Some(asked);
    receipt.id = id_of(&receipt);
    receipt
}

/// The id leaves out the scenario's path, so that the same files give the same id wherever they lie.
fn id_of(receipt: &Receipt) -> String {
    let mut text = format!("{}\n{}\n{}\n{}\n", receipt.version, receipt.engine, receipt.seed, receipt.replicates);
    if let Some(days) = receipt.cycle_days {
        let sides = std::iter::once(&receipt.scenario).chain(&receipt.compared_with);
        // Folders may lie elsewhere; the proposals behind each name say which side is which.
        let proposals: Vec<&str> = sides.map(|s| s.split_once('+').map_or("", |(_, names)| names)).collect();
        text.push_str(&format!("compared {days} {}\n", proposals.join(" | ")));
    }
    if let Some(simulate) = receipt.simulate {
        text.push_str(&format!("searched {simulate}\n"));
    }
    if !receipt.levers.is_empty() {
        text.push_str(&format!("levers {}\n", receipt.levers.join(" ")));
    }
    if let Some(asked) = &receipt.experiment {
        text.push_str(&format!("asked {asked:?}\n"));
    }
    if let Some(asked) = &receipt.calibrated {
        let Calibrated { series, hold_out, allow_gaps, must_rise, particles, fit, measure, file: _ } = asked;
        let asked = format!("{series:?} {hold_out:?} {allow_gaps} {must_rise} {particles} {fit:?} {measure:?}");
        text.push_str(&format!("calibrated {asked}\n"));
    }
    for input in &receipt.inputs {
        text.push_str(&format!("{} {}\n", input.sha256, input.name));
    }
    sha256(text.as_bytes())[..16].to_string()
}

/// SHA-256 of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hashes of files.
pub fn hashes(files: &[OutputFile]) -> Vec<Hashed> {
    files.iter().map(|f| Hashed { name: f.name.clone(), sha256: sha256(&f.bytes) }).collect()
}

/// Writes a run: every file under another name first and then renamed, the receipt last.
///
/// # Errors
/// When a file or folder cannot be made; nothing that was there is left half-way.
pub fn write_run(folder: &Path, files: &[OutputFile], mut receipt: Receipt) -> Result<Receipt, StoreError> {
    receipt.outputs = hashes(files);
    let old = folder.join(RECEIPT);
    if old.exists() {
        std::fs::remove_file(&old).map_err(|cause| StoreError { path: old.clone(), cause })?;
    }
    for file in files {
        write_whole(&folder.join(&file.name), &file.bytes)?;
    }
    let mut text = serde_json::to_vec_pretty(&receipt)
        .map_err(|e| StoreError { path: folder.join(RECEIPT), cause: std::io::Error::other(e) })?;
    text.push(b'\n');
    write_whole(&folder.join(RECEIPT), &text)?;
    Ok(receipt)
}

/// Writes one file whole or not at all.
///
/// # Errors
/// When its folder cannot be made or the file cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let failed = |cause: std::io::Error| StoreError { path: path.to_path_buf(), cause };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut file = temporary(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|e| failed(e.error))?;
    Ok(())
}

/// Temporary files are private by default; a report is for everybody who may read the folder.
fn temporary(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o644));
    }
    builder.tempfile_in(folder)
}

/// Reads a receipt.
///
/// # Errors
/// When it cannot be read, or is not a receipt.
pub fn read_receipt(path: &Path) -> Result<Receipt, StoreError> {
    let failed = |cause: std::io::Error| StoreError { path: path.to_path_buf(), cause };
    let text = std::fs::read_to_string(path).map_err(failed)?;
    serde_json::from_str(&text).map_err(|e| failed(std::io::Error::other(format!("this is not a receipt: {e}"))))
}

/// The folder of an experiment in which its units are kept.
pub const UNITS: &str = "units";

/// What the units of a folder belong to, beside them.
const EXPERIMENT: &str = "experiment.json";

/// Enough to go on with an experiment whose units are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The experiment's name.
    pub experiment: String,
    /// The scenario as it was named on the command line.
    pub scenario: String,
    /// The seed.
    pub seed: u64,
    /// What was asked.
    pub asked: Asked,
}

/// Writes what the units of a folder belong to.
///
/// # Errors
/// When it cannot be written.
pub fn write_kept(folder: &Path, kept: &Kept) -> Result<(), StoreError> {
    write_json(&folder.join(UNITS).join(EXPERIMENT), kept)
}

/// Reads what the units of a folder belong to.
///
/// # Errors
/// When it is not there, or no such thing.
pub fn read_kept(folder: &Path) -> Result<Kept, StoreError> {
    read_json(&folder.join(UNITS).join(EXPERIMENT), "the description of an experiment")
}

/// What the units of a run belong to, beside them.
const RUN: &str = "run.json";

/// Enough to join the units of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptRun {
    /// The id of the receipt that the whole run has.
    pub run: String,
    /// The scenario as it was named on the command line.
    pub scenario: String,
    /// The seed.
    pub seed: u64,
    /// How many replicates the whole run has.
    pub replicates: u32,
}

/// Writes what the units of a folder belong to.
///
/// # Errors
/// When it cannot be written.
pub fn write_kept_run(folder: &Path, kept: &KeptRun) -> Result<(), StoreError> {
    write_json(&folder.join(UNITS).join(RUN), kept)
}

/// Reads what the units of a folder belong to; nothing where they are not those of a run.
///
/// # Errors
/// When it cannot be read, or is no such thing.
pub fn read_kept_run(folder: &Path) -> Result<Option<KeptRun>, StoreError> {
    let path = folder.join(UNITS).join(RUN);
    if path.exists() { read_json(&path, "the description of a run").map(Some) } else { Ok(None) }
}

/// Writes a unit whole or not at all; its name says its number and its experiment.
///
/// # Errors
/// When it cannot be written.
pub fn write_unit(folder: &Path, unit: &Unit) -> Result<(), StoreError> {
    let short: String = unit.experiment.chars().take(8).collect();
    write_json(&folder.join(UNITS).join(format!("unit-{:05}-{short}.json", unit.unit)), unit)
}

/// Every unit that is kept in a folder, by the name of its file; none where there is no such folder.
///
/// # Errors
/// When a file cannot be read, or is no unit.
pub fn read_units(folder: &Path) -> Result<Vec<(PathBuf, Unit)>, StoreError> {
    let folder = folder.join(UNITS);
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(Vec::new()) };
    let is_unit = |path: &PathBuf| {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with("unit-") && name.ends_with(".json")
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(is_unit).collect();
    paths.sort();
    paths.into_iter().map(|path| read_json(&path, "a unit of an experiment").map(|unit| (path, unit))).collect()
}

fn write_json(path: &Path, value: &impl Serialize) -> Result<(), StoreError> {
    let failed = |e: serde_json::Error| StoreError { path: path.to_path_buf(), cause: std::io::Error::other(e) };
    let mut text = serde_json::to_vec(value).map_err(failed)?;
    text.push(b'\n');
    write_whole(path, &text)
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path, what: &str) -> Result<T, StoreError> {
    let failed = |cause: std::io::Error| StoreError { path: path.to_path_buf(), cause };
    let text = std::fs::read_to_string(path).map_err(failed)?;
    serde_json::from_str(&text).map_err(|e| failed(std::io::Error::other(format!("this is not {what}: {e}"))))
}

/// The hash of a file, or nothing when there is no such file.
pub fn hash_of(path: &Path) -> Option<String> {
    std::fs::read(path).ok().map(|bytes| sha256(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> OutputFile {
        OutputFile { name: name.into(), bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn a_run_is_written_with_the_hashes_of_its_files() {
        let folder = tempfile::tempdir().unwrap();
        let receipt = receipt("scenarios/x", 1, 2, &[InputFile::new("x.ron".into(), "abc".into())]);
        let files = [file("a.txt", "one"), file("charts/b.svg", "two")];
        let written = write_run(folder.path(), &files, receipt).unwrap();
        assert_eq!(read_receipt(&folder.path().join(RECEIPT)).unwrap(), written);
        for hashed in &written.outputs {
            assert_eq!(hash_of(&folder.path().join(&hashed.name)).as_ref(), Some(&hashed.sha256));
        }
        // FIPS 180-2, appendix B.1: SHA-256 of "abc"
        assert_eq!(written.inputs[0].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn the_id_depends_on_inputs_seed_and_replicates_but_not_on_the_path() {
        let inputs = [InputFile::new("x.ron".into(), "abc".into())];
        let id = receipt("here", 1, 2, &inputs).id;
        assert_eq!(id, receipt("there", 1, 2, &inputs).id);
        assert_ne!(id, receipt("here", 2, 2, &inputs).id);
        assert_ne!(id, receipt("here", 1, 3, &inputs).id);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let in_the_way = folder.path().join("file");
        std::fs::write(&in_the_way, "x").unwrap();
        let error = write_whole(&in_the_way.join("a.txt"), b"x").unwrap_err();
        assert!(error.to_string().contains("file"), "{error}");
    }
}
