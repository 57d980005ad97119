// QR codes as SVG: bytes, error correction level M, versions 1 to 10 (213 bytes). ISO/IEC 18004.

/** A version: [correction bytes a block, [[blocks, data bytes a block], …], alignment centres]. */
const VERSIONS = [
  [10, [[1, 16]], []],
  [16, [[1, 28]], [6, 18]],
  [26, [[1, 44]], [6, 22]],
  [18, [[2, 32]], [6, 26]],
  [24, [[2, 43]], [6, 30]],
  [16, [[4, 27]], [6, 34]],
  [18, [[4, 31]], [6, 22, 38]],
  [22, [[2, 38], [2, 39]], [6, 24, 42]],
  [22, [[3, 36], [2, 37]], [6, 26, 46]],
  [26, [[4, 43], [1, 44]], [6, 28, 50]],
];

const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

// Powers of 2 in the field of 256 elements with the polynomial 0x11d.
const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power += 1) {
  EXP[power] = EXP[power + 255] = value;
  LOG[value] = power;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}
const times = (a, b) => (a && b ? EXP[LOG[a] + LOG[b]] : 0);

/** The remainder of `data` by the generator of `count` correction bytes. */
function correction(data, count) {
  let generator = [1];
  for (let root = 0; root < count; root += 1) {
    const next = [...generator, 0];
    generator.forEach((value, index) => (next[index + 1] ^= times(value, EXP[root])));
    generator = next;
  }
  const rest = [...data, ...new Array(count).fill(0)];
  for (let index = 0; index < data.length; index += 1) {
    const lead = rest[index];
    generator.forEach((value, offset) => (rest[index + offset] ^= times(value, lead)));
  }
  return rest.slice(data.length);
}

/** Length, text and filling as code words of a version, with their correction, interleaved. */
function codeWords(bytes, version) {
  const [perBlock, groups] = VERSIONS[version - 1];
  const capacity = groups.reduce((sum, [blocks, size]) => sum + blocks * size, 0);
  const bits = [];
  const push = (value, count) => {
    for (let bit = count - 1; bit >= 0; bit -= 1) bits.push((value >> bit) & 1);
  };
  push(0b0100, 4);
  push(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) push(byte, 8);
  push(0, Math.min(4, capacity * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  for (let fill = 0xec; bits.length < capacity * 8; fill ^= 0xec ^ 0x11) push(fill, 8);
  const words = [];
  for (let at = 0; at < bits.length; at += 8) {
    words.push(parseInt(bits.slice(at, at + 8).join(""), 2));
  }
  const blocks = [];
  let at = 0;
  for (const [count, size] of groups) {
    for (let index = 0; index < count; index += 1) blocks.push(words.slice(at, (at += size)));
  }
  const turns = (lists) => {
    const longest = Math.max(...lists.map((list) => list.length));
    return Array.from({ length: longest }, (_, index) => lists.map((list) => list[index]))
      .flat().filter((word) => word !== undefined);
  };
  return [...turns(blocks), ...turns(blocks.map((block) => correction(block, perBlock)))];
}

/** Remainder of a binary polynomial: the check bits of format and version. */
function checkBits(value, generator, count) {
  let rest = value << count;
  const degree = 31 - Math.clz32(generator);
  for (let bit = 31 - Math.clz32(rest); bit >= degree; bit = 31 - Math.clz32(rest)) {
    rest ^= generator << (bit - degree);
  }
  return (value << count) | rest;
}

class Matrix {
  constructor(version) {
    this.version = version;
    this.size = 17 + 4 * version;
    this.dark = Array.from({ length: this.size }, () => new Array(this.size).fill(false));
    this.fixed = Array.from({ length: this.size }, () => new Array(this.size).fill(false));
    this.#patterns();
  }

  set(x, y, dark) {
    if (x < 0 || y < 0 || x >= this.size || y >= this.size) return;
    this.dark[y][x] = Boolean(dark);
    this.fixed[y][x] = true;
  }

  #patterns() {
    const last = this.size - 7;
    for (let at = 0; at < this.size; at += 1) {
      this.set(6, at, at % 2 === 0);
      this.set(at, 6, at % 2 === 0);
    }
    for (const [x, y] of [[3, 3], [last + 3, 3], [3, last + 3]]) this.#rings(x, y, 4, [0, 1, 3]);
    const centres = VERSIONS[this.version - 1][2];
    const end = centres.at(-1);
    for (const x of centres) {
      for (const y of centres) {
        const isFinder = (x === 6 && y === 6) || (x === 6 && y === end) || (x === end && y === 6);
        if (!isFinder) this.#rings(x, y, 2, [0, 2]);
      }
    }
    this.format(0);
    if (this.version < 7) return;
    const bits = checkBits(this.version, 0x1f25, 12);
    for (let bit = 0; bit < 18; bit += 1) {
      const [a, b] = [this.size - 11 + (bit % 3), Math.floor(bit / 3)];
      this.set(a, b, (bits >> bit) & 1);
      this.set(b, a, (bits >> bit) & 1);
    }
  }

  /** Squares round a centre, dark at these distances. */
  #rings(x, y, reach, dark) {
    for (let dy = -reach; dy <= reach; dy += 1) {
      for (let dx = -reach; dx <= reach; dx += 1) {
        this.set(x + dx, y + dy, dark.includes(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  }

  /** Level M is 00, then the mask; both copies. */
  format(mask) {
    const bits = checkBits(mask, 0x537, 10) ^ 0x5412;
    const bit = (index) => (bits >> index) & 1;
    for (let index = 0; index < 15; index += 1) {
      const down = index < 6 ? index : index < 8 ? index + 1 : this.size - 15 + index;
      this.set(8, down, bit(index));
      const left = index < 8 ? this.size - 1 - index : index === 8 ? 7 : 14 - index;
      this.set(left, 8, bit(index));
    }
    this.set(8, this.size - 8, true);
  }

  /** Code words in columns of two, up and down from the right; column 6 is left out. */
  fill(words) {
    let bit = 0;
    for (let right = this.size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < this.size; step += 1) {
        const upward = ((right + 1) & 2) === 0;
        const y = upward ? this.size - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (this.fixed[y][x]) continue;
          this.dark[y][x] = Boolean((words[bit >> 3] >> (7 - (bit & 7))) & 1);
          bit += 1;
        }
      }
    }
  }

  toggle(mask) {
    for (let y = 0; y < this.size; y += 1) {
      for (let x = 0; x < this.size; x += 1) {
        if (!this.fixed[y][x] && MASKS[mask](x, y)) this.dark[y][x] = !this.dark[y][x];
      }
    }
  }

  /** How hard it is to read: long runs, blocks, what looks like a finder, an unequal share. */
  penalty() {
    let sum = 0;
    let darkCount = 0;
    const columns = this.dark[0].map((_, x) => this.dark.map((row) => row[x]));
    for (const line of [...this.dark, ...columns]) {
      const text = line.map(Number).join("");
      for (const run of text.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
      sum += 40 * [...text.matchAll(/(?=10111010000|00001011101)/g)].length;
    }
    for (let y = 0; y < this.size; y += 1) {
      for (let x = 0; x < this.size; x += 1) {
        darkCount += Number(this.dark[y][x]);
        const here = this.dark[y][x];
        if (x && y && [this.dark[y][x - 1], this.dark[y - 1][x], this.dark[y - 1][x - 1]]
          .every((other) => other === here)) sum += 3;
      }
    }
    return sum + 10 * Math.floor(Math.abs((darkCount * 20) / this.size ** 2 - 10));
  }
}

/** The code of a text, dark or not by row and column; undefined when the text is too long. */
export function qrMatrix(text) {
  const bytes = new TextEncoder().encode(text);
  const version = 1 + VERSIONS.findIndex(([, groups], index) => {
    const room = groups.reduce((sum, [blocks, size]) => sum + blocks * size, 0);
    return bytes.length + (index < 9 ? 2 : 3) <= room;
  });
  if (version === 0) return undefined;
  const matrix = new Matrix(version);
  matrix.fill(codeWords(bytes, version));
  let best = 0;
  let least = Infinity;
  for (let mask = 0; mask < MASKS.length; mask += 1) {
    matrix.toggle(mask);
    matrix.format(mask);
    const penalty = matrix.penalty();
    if (penalty < least) [least, best] = [penalty, mask];
    matrix.toggle(mask);
  }
  matrix.toggle(best);
  matrix.format(best);
  return matrix.dark;
}

/** The code as SVG with its quiet zone; undefined when the text is too long. */
export function qrSVG(text) {
  const rows = qrMatrix(text);
  if (rows === undefined) return undefined;
  const size = rows.length + 8;
  const path = rows.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x + 4} ${y + 4}h1v1h-1z`] : []))).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" ` +
    `shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/>` +
    `<path d="${path}"/></svg>`;
}
