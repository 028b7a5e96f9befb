/** What a fake program says. */
export type Speech =
  | 'answer'
  /** The prompt as the answer. */
  | 'echo'
  /** JSON of its arguments, environment, folders and input as the answer. */
  | 'circumstances'
  | 'empty'
  /** Half an answer, as the vendor's program leaves it when the stream is cut. */
  | 'truncated'
  /** An answer behind the fragment of a broken one. */
  | 'glued'
  /** Exit code 0 and an error where the answer should be, in no shape of the vendor's. */
  | 'error-text'
  | 'unauthorized'
  | 'not-signed-in'
  | 'quota-exhausted'
  | 'rate-limited'
  | 'overloaded'
  | 'unknown-model'
  | 'too-long'
  | 'network';

/** How a fake program behaves as a process. */
export type Delivery =
  | 'at-once'
  /** A banner and a warning before the answer. */
  | 'banner'
  /** Pieces that end in the midst of lines. */
  | 'partial-lines'
  /** Byte by byte, so that every character of several bytes is cut. */
  | 'split-characters'
  /** A few bytes at a time with a pause after each. */
  | 'drip'
  /** Takes no input and never ends. */
  | 'hang'
  /** Asks a question on stderr and waits for an answer on stdin. */
  | 'ask-for-input'
  /** Never ends, and takes no notice when it is asked to. */
  | 'ignore-term'
  /** Answers and ends, and leaves a process of another session behind that holds stdout. */
  | 'orphan'
  /** As `orphan`, but never ends. */
  | 'orphan-and-hang'
  /** Writes without end. */
  | 'flood'
  /** Writes one line without end that begins as an event does. */
  | 'flood-line'
  /** Dies by a signal after half of its output. */
  | 'die';

/** What a fake program writes, and its exit code. */
export interface Said {
  readonly stdout: string;
  readonly stderr?: string;
  readonly code: number;
  /** What goes to the file in which the program keeps a record of its work, where it has one. */
  readonly trace?: string;
}

/** The errors that every vendor's program has words for. */
export type ErrorSpeech = Exclude<
  Speech,
  'answer' | 'echo' | 'circumstances' | 'empty' | 'truncated' | 'glued' | 'error-text'
>;

/** How one vendor's program says things. */
export interface Dialect {
  readonly answer: (text: string) => Said;
  readonly truncated: (text: string) => Said;
  readonly glued: (text: string) => Said;
  /** `secret` stands in the words, as a vendor would repeat a key. */
  readonly error: (error: ErrorSpeech, secret: string) => Said;
}
