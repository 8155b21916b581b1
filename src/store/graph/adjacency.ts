/** Room for new lists, as a share of what is there. */
const SPARE = 1 / 4;
const SPARE_MIN = 1 << 10;
/** A list that moves gets room for so much more. */
const ROOM = 1 / 2;
const ROOM_MIN = 4;

/** What an adjacency begins with: people by ascending surrogate, and room for their neighbours. */
export interface AdjacencyStart {
  readonly people: Float64Array;
  /** How many neighbours there are of all of them, at most. */
  readonly entries: number;
}

/**
 * Who is connected with whom, in typed arrays. People are numbered; the neighbours of each are a
 * list of numbers, ascending, in one great array. A list that outgrows its room moves to the end of
 * that array; what it leaves is taken back when the end is reached.
 */
export class Adjacency {
  /** The neighbours of person `p`: `length[p]` numbers of `lists`, from `start[p]` on. */
  lists: Int32Array;
  start: Int32Array;
  length: Int32Array;
  /** How many people have a number. */
  people: number;
  private room: Int32Array;
  private owners: Float64Array;
  /** The people whose numbers follow their surrogates: found by halving. */
  private ordered: number;
  /** The others, who came in another order. */
  private readonly others = new Map<number, number>();
  private end = 0;

  constructor({ people, entries }: AdjacencyStart) {
    const count = people.length;
    this.people = count;
    this.ordered = count;
    this.owners = people;
    this.start = new Int32Array(count);
    this.length = new Int32Array(count);
    this.room = new Int32Array(count);
    this.lists = new Int32Array(withSpare(entries));
  }

  /** The number of a person by surrogate, or -1. */
  numberOf(owner: number): number {
    const found = this.search(owner, 0);
    if (found >= 0) return found;
    return this.others.get(owner) ?? -1;
  }

  /** The surrogate of a person by number. */
  ownerOf(person: number): number {
    return this.owners[person]!;
  }

  /** Whether greater numbers are greater surrogates. */
  get isOrdered(): boolean {
    return this.others.size === 0;
  }

  /** Numbers a person who has no number yet. */
  add(owner: number): number {
    const person = this.people;
    if (person === this.owners.length) this.makeRoomForPeople();
    this.owners[person] = owner;
    this.start[person] = this.end;
    this.length[person] = 0;
    this.room[person] = 0;
    const isNext = this.isOrdered && (person === 0 || this.owners[person - 1]! < owner);
    if (isNext) this.ordered = person + 1;
    else this.others.set(owner, person);
    this.people = person + 1;
    return person;
  }

  /**
   * Gives a person their neighbours, before anything is changed: surrogates, ascending. Who has no
   * number is left out.
   */
  fill(person: number, owners: Float64Array, count: number): void {
    const start = this.end;
    let end = start;
    let from = 0;
    for (let at = 0; at < count; at++) {
      const found = this.search(owners[at]!, from);
      // Where nobody is found, the next one is looked for from the same place on.
      if (found >= 0) {
        this.lists[end++] = found;
        from = found + 1;
      }
    }
    this.start[person] = start;
    this.length[person] = end - start;
    this.room[person] = end - start;
    this.end = end;
  }

  /** Whether the second is a neighbour of the first. */
  isConnected(person: number, other: number): boolean {
    return this.place(person, other) >= 0;
  }

  /** Makes two people neighbours of each other, if they are not yet. */
  connect(one: number, other: number): void {
    this.insert(one, other);
    this.insert(other, one);
  }

  /** Makes two people strangers, if they are not. */
  disconnect(one: number, other: number): void {
    this.take(one, other);
    this.take(other, one);
  }

  /** Takes all neighbours from a person. */
  isolate(person: number): void {
    for (const other of this.neighbours(person)) this.take(other, person);
    this.length[person] = 0;
  }

  /** The numbers of a person's neighbours, ascending; good until the next change. */
  neighbours(person: number): Int32Array {
    const start = this.start[person]!;
    return this.lists.subarray(start, start + this.length[person]!);
  }

  private insert(person: number, other: number): void {
    const place = this.place(person, other);
    if (place >= 0) return;
    if (this.length[person] === this.room[person]) this.move(person);
    const end = this.start[person]! + this.length[person]!;
    const at = this.start[person]! + ~place;
    this.lists.copyWithin(at + 1, at, end);
    this.lists[at] = other;
    this.length[person]! += 1;
  }

  private take(person: number, other: number): void {
    const place = this.place(person, other);
    if (place < 0) return;
    const at = this.start[person]! + place;
    this.lists.copyWithin(at, at + 1, this.start[person]! + this.length[person]!);
    this.length[person]! -= 1;
  }

  /** Where a neighbour stands in a person's list, or the complement of where they belong. */
  private place(person: number, other: number): number {
    const start = this.start[person]!;
    let low = 0;
    let high = this.length[person]! - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const value = this.lists[start + middle]!;
      if (value === other) return middle;
      if (value < other) low = middle + 1;
      else high = middle - 1;
    }
    return ~low;
  }

  /** Moves a list that is full to where it can grow. */
  private move(person: number): void {
    const length = this.length[person]!;
    const room = length + Math.max(ROOM_MIN, Math.ceil(length * ROOM));
    if (this.end + room > this.lists.length) this.compact(room);
    const start = this.start[person]!;
    this.lists.copyWithin(this.end, start, start + length);
    this.start[person] = this.end;
    this.room[person] = room;
    this.end += room;
  }

  /** Copies all lists close together, and leaves room for more. */
  private compact(room: number): void {
    let entries = 0;
    for (let person = 0; person < this.people; person++) entries += this.length[person]!;
    const lists = new Int32Array(withSpare(entries + room));
    let end = 0;
    for (let person = 0; person < this.people; person++) {
      lists.set(this.neighbours(person), end);
      this.start[person] = end;
      this.room[person] = this.length[person]!;
      end += this.length[person]!;
    }
    this.lists = lists;
    this.end = end;
  }

  private makeRoomForPeople(): void {
    const count = Math.max(64, this.people * 2);
    const grow = <List extends Float64Array | Int32Array>(list: List, into: List): List => {
      into.set(list);
      return into;
    };
    this.owners = grow(this.owners, new Float64Array(count));
    this.start = grow(this.start, new Int32Array(count));
    this.length = grow(this.length, new Int32Array(count));
    this.room = grow(this.room, new Int32Array(count));
  }

  /**
   * The number of a surrogate among the ordered people from a number on, or -1. It looks ever
   * farther ahead and then halves, because neighbours are often near each other.
   */
  private search(owner: number, from: number): number {
    const { owners, ordered } = this;
    let low = from;
    let step = 1;
    while (low + step < ordered && owners[low + step]! <= owner) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, ordered) - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const value = owners[middle]!;
      if (value === owner) return middle;
      if (value < owner) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

function withSpare(entries: number): number {
  return entries + Math.max(SPARE_MIN, Math.ceil(entries * SPARE));
}
