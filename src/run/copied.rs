//! What is here of an input that cannot be read again and again where it is.

use std::path::PathBuf;
use std::sync::Arc;

use super::kept::Kept;
use crate::variants::Input;

/// The copy of what came through a pipe.
#[derive(Clone, Debug)]
pub struct Copy {
    /// The bytes, under the name of the pipe.
    pub input: Input,
    /// Whether they are those of alignments.
    pub holds_alignments: bool,
    /// Where they are.
    #[cfg_attr(
        not(feature = "alignments"),
        allow(dead_code, reason = "only alignments are opened by a path")
    )]
    pub(super) path: PathBuf,
    _kept: Option<Arc<Kept>>,
}

impl Copy {
    /// Makes the copy of what came through a pipe.
    pub(super) fn of_pipe(input: Input, holds_alignments: bool, kept: Kept) -> Self {
        Self {
            input,
            holds_alignments,
            path: kept.path.clone(),
            _kept: Some(Arc::new(kept)),
        }
    }

    /// Makes the copy of a file on a server, of which what is read is fetched.
    #[cfg(feature = "remote")]
    pub(super) const fn of_server(input: Input, holds_alignments: bool, path: PathBuf) -> Self {
        Self {
            input,
            holds_alignments,
            path,
            _kept: None,
        }
    }
}
