//! Writing files into a new folder: aside first, then in its place in one step.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Error;
use super::claim::beside;
use super::confined::Confined;
use super::steps::Steps;
use crate::files::{Content, Files};

const HELP: &str = "name a new folder; nothing was changed";

/// Writes files into the folder `out`, which must be new or empty. Files that stayed on the disk are copied
/// from below `source`, which is looked at only for them. When this fails, `out` is as it was.
///
/// # Errors
/// When `out` holds anything, or the system refuses.
pub fn create(out: &Path, source: &Path, files: &Files) -> Result<(), Error> {
    let is_taken = fs::read_dir(out).is_ok_and(|mut it| it.next().is_some());
    if is_taken || (out.exists() && !out.is_dir()) {
        return Err(Error::Refused {
            path: out.to_path_buf(),
            why: "is not empty".to_owned(),
            help: HELP,
        });
    }
    let failed = || Error::system("write to", out);
    let target = std::path::absolute(out).map_err(failed())?;
    fs::create_dir_all(target.parent().unwrap_or(&target)).map_err(failed())?;
    let aside = beside(&target, &format!("new-{}", std::process::id()));
    let written = write(&aside, source, files).and_then(|()| fs::rename(&aside, &target));
    if let Err(error) = written {
        // What was written aside is of no use; that it cannot be removed either is no news.
        let _ = fs::remove_dir_all(&aside);
        return Err(failed()(error));
    }
    Ok(())
}

fn write(aside: &Path, source: &Path, files: &Files) -> io::Result<()> {
    let steps = Steps::default();
    steps.make_folder(aside)?;
    let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
    for (path, content) in files.iter() {
        let place = aside.join(path.as_str());
        if let Some(folder) = place.parent().filter(|it| !folders.contains(*it)) {
            fs::create_dir_all(folder)?;
            folders.insert(folder.to_path_buf());
        }
        let file = steps.make_file(&place)?;
        match content {
            Content::Bytes(bytes) => steps.write(&file, bytes)?,
            Content::Stored(stored) => {
                let source = Confined::open(source)?;
                let inside = stored.place.strip_prefix(source.place()).ok();
                let inside = inside
                    .and_then(Path::to_str)
                    .ok_or(io::ErrorKind::NotFound)?;
                steps.copy(&source.file(inside)?, &file)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::{Filter, read};
    use crate::files::FilePath;

    #[test]
    fn a_new_folder_is_whole_or_not_there() {
        let home = tempfile::tempdir().expect("a folder");
        let (old, new) = (home.path().join("old"), home.path().join("new"));
        fs::create_dir_all(old.join("docs")).expect("a folder");
        fs::write(old.join("docs/a.md"), "# A\n").expect("a page");
        fs::write(old.join("docs/a.png"), "a picture").expect("a picture");
        let (mut files, _) = read(&old, &Filter::default()).expect("a tree");
        create(&new, &old, &files).expect("a new folder");
        assert_eq!(
            fs::read(new.join("docs/a.png")).expect("a copy"),
            b"a picture"
        );
        fs::write(new.join("docs/a.png"), "another").expect("a change");
        assert_eq!(
            fs::read(old.join("docs/a.png")).expect("no link"),
            b"a picture"
        );

        let again = create(&new, &old, &files).expect_err("it is taken");
        assert!(again.to_string().contains("is not empty"), "{again}");
        let path = FilePath::new("docs/a.md/below-a-file.md").expect("a path");
        files.insert(path, Content::text("x"));
        create(&home.path().join("third"), &old, &files).expect_err("a file is no folder");
        let names = fs::read_dir(home.path()).expect("a folder").count();
        assert_eq!(names, 2, "nothing is left behind");
    }
}
