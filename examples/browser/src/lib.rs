//! hemoclone for a page: files go in as bytes, results come out as JSON, and nothing leaves the page.
//!
//! Compiled for `wasm32-unknown-unknown`, the module asks nothing of the page; `run.mjs` shows how it is called.
//! A page writes bytes into a [`room`], and calls [`add_file`] and [`analyze`] with where they are.

use std::cell::RefCell;

use hemoclone::report;
use hemoclone::run::{self, Files, Job, Request, Results};

thread_local! {
    static FILES: RefCell<Files> = RefCell::default();
}

/// Makes room for so many bytes, which belong to the page until they are handed over.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    Box::leak(vec![0; length].into_boxed_slice()).as_mut_ptr()
}

/// Takes a file: its name, and its bytes. Both must be rooms of these lengths, and are gone afterwards.
///
/// # Safety
///
/// The pointers are those that [`room`] returned for these lengths.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn add_file(name: *mut u8, name_length: usize, bytes: *mut u8, length: usize) {
    // SAFETY: of the caller.
    let (name, bytes) = unsafe { (taken(name, name_length), taken(bytes, length)) };
    let name = String::from_utf8_lossy(&name).into_owned();
    FILES.with_borrow_mut(|files| *files = std::mem::take(files).with(name, bytes));
}

/// Analyzes a file that was added: a sample sheet, where its name ends in `.csv` or `.tsv`, else variants.
///
/// Returns where the answer is: its length in four bytes, the lowest first, and so many bytes of JSON,
/// `{"results": […], "errors": […]}`. It is the page's; [`give_back`] frees it.
///
/// # Safety
///
/// The pointer is the one that [`room`] returned for this length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn analyze(name: *mut u8, length: usize) -> *mut u8 {
    // SAFETY: of the caller.
    let name = unsafe { taken(name, length) };
    let answer = answer(&String::from_utf8_lossy(&name)).unwrap_or_else(|error| {
        serde_json::json!({ "results": [], "errors": [format!("{error:#}")] }).to_string()
    });
    let length = u32::try_from(answer.len()).unwrap_or(u32::MAX);
    let mut told = length.to_le_bytes().to_vec();
    told.extend_from_slice(answer.as_bytes());
    Box::leak(told.into_boxed_slice()).as_mut_ptr()
}

/// Frees an answer.
///
/// # Safety
///
/// The pointer is one that [`analyze`] returned, with the length of the answer and its four bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn give_back(answer: *mut u8, length: usize) {
    // SAFETY: of the caller.
    drop(unsafe { taken(answer, length) });
}

/// Takes a room back.
unsafe fn taken(start: *mut u8, length: usize) -> Box<[u8]> {
    // SAFETY: `room` and `analyze` leak boxed slices of exactly this length.
    unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(start, length)) }
}

fn answer(name: &str) -> anyhow::Result<String> {
    let is_sheet = [".csv", ".tsv"].iter().any(|ending| name.ends_with(ending));
    let mut request = Request::default();
    if is_sheet {
        request.samples = Some(name.into());
    } else {
        request.inputs.push(name.into());
    }
    let job = Job::new(request, FILES.with_borrow(Files::clone))?;
    let mut results = Results::default();
    let ended = run::analyze(&job, &mut results)?;
    let mut told = Vec::new();
    for result in results.into_sorted() {
        let mut json = Vec::new();
        report::write_json(&mut json, &result)?;
        told.push(String::from_utf8(json)?);
    }
    let errors = serde_json::to_string(&ended.errors)?;
    Ok(format!(
        "{{\"results\": [{}], \"errors\": {errors}}}",
        told.join(",")
    ))
}
