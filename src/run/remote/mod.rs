//! Files on a server: alignments and variants with their index, of which only what is needed is read. Part of a build with the feature
//! `remote` alone, and of a run that was told so (`--remote`).

mod address;
#[cfg(feature = "remote")]
mod client;
#[cfg(feature = "remote")]
mod mirror;
#[cfg(feature = "remote")]
mod store;

pub use self::address::{entered, is_address};

#[cfg(feature = "remote")]
use std::collections::HashMap;
use std::path::Path;
#[cfg(feature = "remote")]
use std::path::PathBuf;
#[cfg(feature = "remote")]
use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(feature = "remote")]
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use anyhow::bail;

use super::UsageError;
use super::copied::Copy;
#[cfg(feature = "remote")]
use crate::variants::Input;

/// Refuses addresses where only files are read.
pub fn refuse<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Result<(), UsageError> {
    match paths.into_iter().find(|path| is_address(path)) {
        Some(path) => Err(UsageError(format!(
            "{}: is an address, and this command reads files alone: fetch the file and give its path",
            address::shown(&path.to_string_lossy())
        ))),
        None => Ok(()),
    }
}

/// Whether this process may ask servers: once it was told so, for the command line tells it once.
#[cfg(feature = "remote")]
static ALLOWED: AtomicBool = AtomicBool::new(false);

/// Lets this process ask servers, from now on.
#[cfg(feature = "remote")]
pub fn allow() {
    ALLOWED.store(true, Ordering::Relaxed);
}

#[cfg(feature = "remote")]
type Once = OnceLock<Result<Copy, String>>;

/// Files that were opened, or why not.
#[cfg(feature = "remote")]
static OPENED: LazyLock<Mutex<HashMap<PathBuf, Arc<Once>>>> = LazyLock::new(Mutex::default);

/// Opens the file of an address, once.
#[cfg(feature = "remote")]
pub(super) fn open(name: &Path) -> anyhow::Result<Copy> {
    if !ALLOWED.load(Ordering::Relaxed) {
        bail!(
            "{}: is an address, and nothing is read over a network unless it is asked for: give --remote, or fetch the file and give its path",
            name.display()
        );
    }
    let once = {
        let mut opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(opened.entry(name.to_owned()).or_default())
    };
    let opened = once.get_or_init(|| mirrored(name).map_err(|e| super::explained(&e)));
    opened
        .clone()
        .map_err(|problem| anyhow::anyhow!("{}: {problem}", name.display()))
}

#[cfg(feature = "remote")]
fn mirrored(name: &Path) -> anyhow::Result<Copy> {
    use self::mirror::Mirror;
    use self::store::Place;

    let wrong = |problem: String| anyhow::anyhow!(problem);
    let given = address::given(name).ok_or_else(|| wrong("it is no address".to_owned()))?;
    if given.is_one_of_several {
        bail!(
            "several addresses are given that differ only in what is not shown of them: give each in a run of its own"
        );
    }
    let place = Place::of(&given.file).map_err(wrong)?;
    let index = given.index.as_deref().map(Place::of).transpose().map_err(wrong)?;
    let mirror = Mirror::open(place, index)?;
    let path = mirror.path().to_owned();
    let input = Input::mirrored(name.to_owned(), path.clone());
    let copy = Copy::of_server(input, mirror.holds_alignments()?, path.clone());
    crate::genome::mirror(path, Arc::new(mirror));
    Ok(copy)
}

/// Says what to do with an address.
#[cfg(not(feature = "remote"))]
pub(super) fn open(name: &Path) -> anyhow::Result<Copy> {
    bail!(
        "{}: is an address, and this build of the program reads files only: fetch the file and give its path, or build the program with what reads over a network (`cargo install --path . --locked --features remote`) and give --remote",
        name.display()
    )
}
