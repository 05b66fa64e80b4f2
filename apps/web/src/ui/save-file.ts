// Hands data to the browser as a file.
export function saveFile(parts: BlobPart[], fileName: string): void {
  const address = URL.createObjectURL(new Blob(parts));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken hold of the blob by the next task.
  setTimeout(() => URL.revokeObjectURL(address));
}
