import { statfsSync } from 'node:fs';

/** Parts of a path by which the folders of synchronising programs are known, in lower case. */
const services: readonly [RegExp, string][] = [
  [/^onedrive($| - |-)/, 'OneDrive'],
  [/^dropbox($| \()/, 'Dropbox'],
  [/^(google ?drive|googledrive-.+|my drive)$/, 'Google Drive'],
  [/^(icloud ?drive|com~apple~clouddocs|mobile documents)$/, 'iCloud Drive'],
  [/^nextcloud\d*$/, 'Nextcloud'],
  [/^owncloud\d*$/, 'ownCloud'],
  [/^(box|box-box|box sync)$/, 'Box'],
  [/^(pclouddrive|pcloud drive)$/, 'pCloud'],
  [/^(creative cloud files|syncthing|seafile|megasync|mega)$/, 'a synchronising program'],
];

/** Numbers of Linux's `statfs` for NFS, SMB, CIFS, SMB2 and 9P; FUSE is not among them: local disks use it too. */
const networkFileSystems: ReadonlySet<number> = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997]);
const networkPaths = [/^[\\/]{2}[^\\/?.]/, /[\\/]gvfs[\\/](smb|dav|ftp|sftp|nfs|afp)[^\\/]*:/i];

/**
 * The program or network that also writes to a folder, in words, or null. A database there can be copied in the middle
 * of a write or be changed from two computers, which damages it.
 * `fileSystem` is the type that Linux's `statfs` gives; elsewhere it says nothing.
 */
export function syncedFolder(path: string, platform: NodeJS.Platform, fileSystem?: number): string | null {
  if (networkPaths.some((pattern) => pattern.test(path))) return 'a network folder';
  if (platform === 'linux' && fileSystem !== undefined && networkFileSystems.has(fileSystem >>> 0)) return 'a network folder';
  const separator = platform === 'win32' ? /[\\/]+/ : /\/+/;
  for (const part of path.split(separator)) {
    const name = part.toLowerCase().trim();
    const known = services.find(([pattern]) => pattern.test(name));
    if (known) return known[1];
  }
  return null;
}

/** `syncedFolder` of a folder that is there. */
export function syncedFolderOf(path: string): string | null {
  return syncedFolder(path, process.platform, statfsSync(path).type);
}
