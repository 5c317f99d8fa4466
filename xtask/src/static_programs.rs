//! The programs as static binaries, which run on any Linux of their processor.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::workspace::Workspace;

/// What is built, in one run of cargo.
const PROGRAMS: [&str; 2] = ["harvest-sandbox", "harvest"];

/// Why there are none.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A program cannot be started, or a file not be read.
    #[error("static programs cannot be built: {0}")]
    Io(#[from] io::Error),
    /// Rust's library for the target is not there.
    #[error("Rust for {0} is needed: `rustup target add {0}`")]
    Target(String),
    /// The parts in C need a compiler for musl.
    #[error("{0} is needed for the parts in C: `apt-get install musl-tools`")]
    Compiler(String),
    /// cargo fails. Why stands above.
    #[error("they do not build")]
    Build,
    /// A program asks for an interpreter, or is no program of the kind.
    #[error("{0} is not a static program: {1}")]
    Dynamic(PathBuf, &'static str),
}

/// Builds the programs for musl, optimized and without symbols, and says where they are and how long.
///
/// # Errors
///
/// If something is missing, which is named, or a program needs a library of the system after all.
pub fn run(workspace: &Workspace) -> Result<(), Error> {
    let architecture = std::env::consts::ARCH;
    let target = format!("{architecture}-unknown-linux-musl");
    let compiler = format!("{architecture}-linux-musl-gcc");
    let library = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", &target])
        .output()?;
    let library = String::from_utf8_lossy(&library.stdout).trim().to_owned();
    if !Path::new(&library).is_dir() {
        return Err(Error::Target(target));
    }
    if Command::new(&compiler).arg("--version").output().is_err() {
        return Err(Error::Compiler(compiler));
    }
    let mut build = Command::new("cargo");
    build
        .current_dir(workspace.root())
        .args(["build", "--locked", "--release", "--target", &target])
        .env("CARGO_PROFILE_RELEASE_STRIP", "symbols");
    for program in PROGRAMS {
        build.args(["--bin", program]);
    }
    if !build.status()?.success() {
        return Err(Error::Build);
    }
    for program in PROGRAMS {
        let path = workspace
            .root()
            .join("target")
            .join(&target)
            .join("release")
            .join(program);
        let bytes = std::fs::read(&path)?;
        if let Err(problem) = check_static(&bytes) {
            return Err(Error::Dynamic(path, problem));
        }
        let megabytes = bytes.len().div_ceil(1 << 20);
        println!("{}: static, {megabytes} MiB", path.display());
    }
    Ok(())
}

/// The header of a segment that names the loader of shared libraries.
const INTERPRETER: usize = 3;

/// Whether a program of 64 bits, little end first, is loaded without a loader of shared libraries.
///
/// # Errors
///
/// What speaks against it.
fn check_static(elf: &[u8]) -> Result<(), &'static str> {
    const SHORT: &str = "its headers are cut off";
    let bytes = |at: usize, length: usize| elf.get(at..at.checked_add(length)?);
    let number = |at: usize, length: usize| {
        let bytes = bytes(at, length)?.iter().rev();
        Some(bytes.fold(0_usize, |number, byte| number << 8 | usize::from(*byte)))
    };
    if bytes(0, 6) != Some(b"\x7fELF\x02\x01") {
        return Err("it is no ELF file of 64 bits");
    }
    let start = number(0x20, 8).ok_or(SHORT)?;
    let size = number(0x36, 2).ok_or(SHORT)?;
    let count = number(0x38, 2).ok_or(SHORT)?;
    for index in 0..count {
        let at = index
            .checked_mul(size)
            .and_then(|it| it.checked_add(start))
            .ok_or(SHORT)?;
        if number(at, 4).ok_or(SHORT)? == INTERPRETER {
            return Err("it asks for a loader of shared libraries");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header, and segments of these kinds.
    fn program(segments: &[u32]) -> Vec<u8> {
        let mut elf = vec![0; 0x40];
        elf[..6].copy_from_slice(b"\x7fELF\x02\x01");
        elf[0x20] = 0x40;
        elf[0x36] = 0x38;
        elf[0x38] = u8::try_from(segments.len()).unwrap();
        for kind in segments {
            elf.extend(kind.to_le_bytes());
            elf.extend([0; 0x34]);
        }
        elf
    }

    #[test]
    fn an_interpreter_is_found_wherever_it_stands() {
        assert_eq!(check_static(&program(&[6, 1, 1, 0x6474_e551])), Ok(()));
        for segments in [&[3, 1][..], &[6, 1, 3]] {
            assert!(
                check_static(&program(segments))
                    .unwrap_err()
                    .contains("loader")
            );
        }
        // This test is one that is loaded so, on Linux with glibc.
        if cfg!(all(target_os = "linux", target_env = "gnu")) {
            let own = std::fs::read(std::env::current_exe().unwrap()).unwrap();
            assert!(check_static(&own).is_err());
        }
    }

    #[test]
    fn what_is_cut_off_or_no_program_is_said() {
        let whole = program(&[1]);
        for length in 6..0x78 {
            // What is behind the kind of the last segment is not looked at.
            assert_eq!(
                check_static(&whole[..length]).is_ok(),
                length >= 0x44,
                "{length}"
            );
        }
        assert!(check_static(b"#!/bin/sh\n").unwrap_err().contains("ELF"));
        assert!(check_static(&[]).is_err());
        let mut odd = whole;
        odd[0x20..0x28].fill(0xff);
        assert!(check_static(&odd).is_err());
    }
}
