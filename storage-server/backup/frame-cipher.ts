import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { MailError } from '../../common/errors.ts';

const NONCE = 12;
const TAG = 16;
/** No frame of a pack is made of more than this. */
const LARGEST_FRAME = 2 << 20;

/** Each frame proves itself: without a key nothing else tells of a bit that flipped. */
const PROVEN = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };

/** Makes bytes small, and unreadable where the repository has a key; `place` says where they stand, so that none can be moved. */
export class FrameCipher {
  readonly #key: Buffer | null;

  constructor(key: Buffer | null) {
    this.#key = key;
  }

  pack(plain: Buffer, place: string): Buffer {
    const small = zstdCompressSync(plain, PROVEN);
    if (this.#key === null) return small;
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    cipher.setAAD(Buffer.from(place));
    return Buffer.concat([nonce, cipher.update(small), cipher.final(), cipher.getAuthTag()]);
  }

  /** `most` bytes at most. MailError `internal` reason `backup-damaged`. */
  unpack(packed: Buffer, place: string, most = LARGEST_FRAME): Buffer {
    try {
      return zstdDecompressSync(this.#open(packed, place), { maxOutputLength: most });
    } catch (cause) {
      throw new MailError('internal', `${place} is damaged`, { reason: 'backup-damaged', cause });
    }
  }

  #open(packed: Buffer, place: string): Buffer {
    if (this.#key === null) return packed;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, packed.subarray(0, NONCE), {
      authTagLength: TAG,
    });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(packed.subarray(-TAG));
    return Buffer.concat([decipher.update(packed.subarray(NONCE, -TAG)), decipher.final()]);
  }
}
