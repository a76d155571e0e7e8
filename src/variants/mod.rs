//! VCF and BCF: records of any caller to [`crate::evidence::Evidence`], one file per dialect.
