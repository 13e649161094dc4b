import { blackAndWhitePng } from './png.js';

/** A SIM card with its contacts in 16 x 16 squares; one square is 4 x 4 pixels of the 64 x 64 that SGP.22 asks for. */
const drawing = [
  '                ',
  '  #########     ',
  '  #        #    ',
  '  #         #   ',
  '  #          #  ',
  '  #          #  ',
  '  # ######## #  ',
  '  # #  #   # #  ',
  '  # ####  ## #  ',
  '  # #  #   # #  ',
  '  # ####  ## #  ',
  '  # #  #   # #  ',
  '  # ######## #  ',
  '  #          #  ',
  '  ############  ',
  '                ',
];

const SCALE = 4;

const rows = drawing.flatMap((row) =>
  new Array<string>(SCALE).fill([...row].map((square) => square.repeat(SCALE)).join('')),
);

/** The icon of the built-in profile types: a PNG of 64 x 64 pixels. */
export const simIcon = blackAndWhitePng(rows);

/** The same icon, made exactly `size` octets long by a comment in the file. */
export function simIconOfSize(size: number): Buffer {
  const withEmptyComment = blackAndWhitePng(rows, '').length;
  return blackAndWhitePng(rows, '.'.repeat(size - withEmptyComment));
}
