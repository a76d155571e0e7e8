//! What is known of a person beyond the sequencing: values with their units, and the tables and files that they come from.

mod date;
mod rounding;
mod table;
mod units;
mod visit;

pub use date::Date;
pub(crate) use rounding::tidy;
pub use table::{Cell, CellError, Column, Header, MeasuredColumn, Row, RowError, TableError, TableReader};
pub use units::{CountUnit, HemoglobinUnit, Quantity, StatedUnits};
pub use visit::{Crab, Fish, HeavyChain, LightChain, PlasmaInput, Plasmacytoma};
