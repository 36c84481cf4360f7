import { isOffice, officeWithoutMarks } from './office-marks.ts';
import { isPdf, pdfWithoutMarks } from './pdf-marks.ts';
import { isPicture, pictureWithoutMarks } from './picture-marks.ts';

/** A file without its properties and metadata, as far as they can be taken away without touching what it shows; the file itself where there is nothing to take. */
export async function withoutMarks(bytes: Uint8Array): Promise<Uint8Array> {
  if (isPdf(bytes)) return pdfWithoutMarks(bytes);
  if (isPicture(bytes)) return pictureWithoutMarks(bytes);
  return (isOffice(bytes) ? await officeWithoutMarks(bytes) : null) ?? bytes;
}
