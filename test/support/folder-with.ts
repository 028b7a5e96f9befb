import { type PrivateFolder, privateFolder } from '../../src/lib/private-folder.ts';

/** Makes a temporary folder with these files; a path that ends in `/` is an empty folder. */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<PrivateFolder> {
  const folder = await privateFolder();
  await folder.write(files);
  return folder;
}
