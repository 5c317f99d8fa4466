//! Programs that use the clients.

use std::io;
use std::path::Path;

/// Writes the programs that use the clients into a folder, from which nothing else is left.
pub(super) fn lay_programs(programs: &Path, folder: &Path) -> io::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    for program in std::fs::read_dir(programs)? {
        let program = program?;
        if program.file_type()?.is_file() {
            std::fs::copy(program.path(), folder.join(program.file_name()))?;
        }
    }
    Ok(())
}
