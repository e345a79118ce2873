//! seen: whether everything the build was last found to be up to date with still has its size and its time: a look of milliseconds, where hashing the sources takes longer than a program runs.
const { readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..'), list = join(root, 'build', 'seen.json');

/** Sizes and times of files, and the times of folders, which change when something is added or goes; undefined where one is gone. */
function marksOf(paths) {
  const marks = [];
  for (const path of paths) {
    const found = statSync(join(root, path), { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    marks.push(found.isDirectory() ? 0 : found.size, found.mtimeMs);
  }
  return marks;
}

/** False where anything may have changed, or nothing was noted yet. */
exports.unchanged = () => {
  try {
    const { paths, marks } = JSON.parse(readFileSync(list, 'utf8')), now = marksOf(paths);
    return now !== undefined && now.length === marks.length && now.every((mark, i) => mark === marks[i]);
  } catch {
    return false;
  }
};

exports.marksOf = marksOf;

/** Notes what was found up to date: marks taken before the hashes were. Where nothing can be written, the next start hashes again. */
exports.note = (paths, marks) => {
  const own = `${list}.${process.pid}`;
  try {
    writeFileSync(own, JSON.stringify({ paths, marks }));
    renameSync(own, list);
  } catch {
    rmSync(own, { force: true });
  }
};
