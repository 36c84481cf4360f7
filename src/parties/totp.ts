import { generateSecret, generateURI, verify } from 'otplib';
import qrcode from 'qrcode';

/** One-time codes (RFC 6238: SHA-1, six digits, thirty seconds), as every authenticator app makes them. */
export const newSecret = (): string => generateSecret();

/** Thirty seconds either way: phones are rarely exact. */
const tolerance = 30;

/**
 * The time step of this code at this moment (seconds since 1970), or null when it is wrong or not newer than the last accepted step:
 * a code that somebody looked at over a shoulder opens nothing more.
 */
export async function acceptedStep(code: string, secret: string, epoch: number, lastStep: number | null): Promise<number | null> {
  const digits = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return null;
  const result = await verify({
    secret,
    token: digits,
    epoch,
    epochTolerance: tolerance,
    ...(lastStep === null ? {} : { afterTimeStep: lastStep }),
  });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}

/** The otpauth address that a QR code carries. */
export const addressOfSecret = (secret: string, login: string): string => generateURI({ issuer: 'Yangguang', label: login, secret });

/** The QR code as the modules of a square, row by row, `true` is dark: the page draws it. */
export function qrModules(text: string): { readonly size: number; readonly path: string } {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const strokes: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) strokes.push(`M${column} ${row}h1v1h-1z`);
    }
  }
  return { size: modules.size, path: strokes.join('') };
}
