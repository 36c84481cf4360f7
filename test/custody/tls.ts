import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import forge from 'node-forge';

/** PEM texts of a small authority of its own, made for one test: the platform's certificate for 127.0.0.1, and the custodians'. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
}

export interface TestAuthority {
  readonly ca: string;
  issue(name: string, use: 'server' | 'client'): TlsPair;
}

export function testAuthority(name: string): TestAuthority {
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const root = certificate(name, name, keys.publicKey, keys.privateKey, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ]);
  return {
    ca: forge.pki.certificateToPem(root),
    issue: (holder, use) => {
      const own = forge.pki.rsa.generateKeyPair(2048);
      const usage = use === 'server' ? { serverAuth: true } : { clientAuth: true };
      const issued = certificate(holder, name, own.publicKey, keys.privateKey, [
        { name: 'basicConstraints', cA: false },
        { name: 'extKeyUsage', ...usage },
        { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      ]);
      return { cert: forge.pki.certificateToPem(issued), key: forge.pki.privateKeyToPem(own.privateKey) };
    },
  };
}

let serial = 1;
function certificate(
  subject: string,
  issuer: string,
  publicKey: forge.pki.rsa.PublicKey,
  signWith: forge.pki.rsa.PrivateKey,
  extensions: object[],
): forge.pki.Certificate {
  const made = forge.pki.createCertificate();
  serial += 1;
  made.publicKey = publicKey;
  made.serialNumber = serial.toString(16).padStart(4, '0');
  made.validity.notBefore = new Date('2020-01-01T00:00:00Z');
  made.validity.notAfter = new Date('2099-01-01T00:00:00Z');
  made.setSubject([{ name: 'commonName', value: subject }]);
  made.setIssuer([{ name: 'commonName', value: issuer }]);
  made.setExtensions(extensions);
  made.sign(signWith, forge.md.sha256.create());
  return made;
}

/** The files a custodian is started with. */
export function tlsFiles(folder: string, authority: TestAuthority, pair: TlsPair) {
  const files = { ca: join(folder, 'ca.pem'), cert: join(folder, 'own.pem'), certKey: join(folder, 'own-key.pem') };
  writeFileSync(files.ca, authority.ca);
  writeFileSync(files.cert, pair.cert);
  writeFileSync(files.certKey, pair.key);
  return files;
}
