//! reasons: why the host refuses a file or a stream, in words, by its code.
export const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'no space is left',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
  ELOOP: 'its links form a loop',
  ENAMETOOLONG: 'its name is too long',
  ETXTBSY: 'it is being run',
  EFBIG: 'it is too large',
  EDQUOT: 'the quota is used up',
  EIO: 'the device fails',
  ENXIO: 'nothing is at its other end',
};
