//! Parts of a workbook as XML events.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Unreadable, damaged};

/// Reads the events of a part.
pub(super) struct Xml<'t> {
    reader: Reader<&'t [u8]>,
    name: &'t str,
    depth: usize,
}

impl<'t> Xml<'t> {
    /// Starts to read; the name is for messages.
    pub(super) fn new(name: &'t str, text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            name,
            depth: 0,
        }
    }

    /// Returns the next event; `None` at the end, which must not lie within an element.
    pub(super) fn next(&mut self) -> Result<Option<Event<'t>>, Unreadable> {
        let event = self
            .reader
            .read_event()
            .map_err(|e| self.damaged(&e.to_string()))?;
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => return Err(self.damaged("it ends within an element")),
            Event::Eof => return Ok(None),
            _ => {}
        }
        Ok(Some(event))
    }

    /// Says that the part is damaged.
    pub(super) fn damaged(&self, why: &str) -> Unreadable {
        damaged(&format!("part {}: {why}", self.name))
    }

    /// Returns an attribute by its name without prefix.
    pub(super) fn attribute(
        &self,
        element: &BytesStart<'_>,
        name: &str,
    ) -> Result<Option<String>, Unreadable> {
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(|e| self.damaged(&e.to_string()))?;
            if attribute.key.local_name().as_ref() == name {
                let value = attribute
                    .normalized_value(XmlVersion::Implicit1_0)
                    .map_err(|e| self.damaged(&e.to_string()))?;
                return Ok(Some(value.into_owned()));
            }
        }
        Ok(None)
    }

    /// Adds what a text event says to a text.
    pub(super) fn push_text(&self, event: &Event<'_>, text: &mut String) -> Result<(), Unreadable> {
        match event {
            Event::Text(t) => text.push_str(&t.xml10_content()),
            Event::CData(t) => text.push_str(&t.xml10_content()),
            Event::GeneralRef(r) => text.push(self.resolved(r)?),
            _ => {}
        }
        Ok(())
    }

    fn resolved(&self, reference: &BytesRef<'_>) -> Result<char, Unreadable> {
        let failed = || self.damaged("a reference to an unknown character");
        match &**reference {
            "lt" => Ok('<'),
            "gt" => Ok('>'),
            "amp" => Ok('&'),
            "quot" => Ok('"'),
            "apos" => Ok('\''),
            _ => reference.resolve_char_ref().ok().flatten().ok_or_else(failed),
        }
    }
}
