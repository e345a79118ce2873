//! seen: whether everything the build was last found to be up to date with still has its size and its times: a look of milliseconds, where hashing the sources takes longer than a program runs.
const { readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..'), list = join(root, 'build', 'seen.json');
/** The coarsest clock of a file system: what was changed so lately may change again and keep its time. */
const TICK_MS = 2000;

/**
 * Sizes and times of files, and of folders, whose times change when something is added or goes; undefined where one is gone, or was changed too lately
 * to be known again. The time of its last change of any kind tells of a file that was put in place with the size and the date of the one before.
 */
function marksOf(paths) {
  const marks = [], settled = Date.now() - TICK_MS;
  for (const path of paths) {
    const found = statSync(join(root, path), { throwIfNoEntry: false });
    if (found === undefined || found.mtimeMs > settled) return undefined;
    marks.push(found.size, found.mtimeMs, found.ctimeMs);
  }
  return marks;
}

/** False where anything may have changed, or nothing was noted yet, or by another Node, which may be too old. */
exports.unchanged = () => {
  try {
    const { node, paths, marks } = JSON.parse(readFileSync(list, 'utf8')), now = marksOf(paths);
    return node === process.version && now !== undefined && now.length === marks.length && now.every((mark, i) => mark === marks[i]);
  } catch {
    return false;
  }
};

exports.marksOf = marksOf;

/** Notes what was found up to date: marks taken before the hashes were. Where nothing can be written, the next start hashes again. */
exports.note = (paths, marks) => {
  const own = `${list}.${process.pid}`;
  try {
    writeFileSync(own, JSON.stringify({ node: process.version, paths, marks }));
    renameSync(own, list);
  } catch {
    rmSync(own, { force: true });
  }
};
