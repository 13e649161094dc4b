import { blackAndWhitePng } from './png.js';

/** A SIM card in 16 x 16 squares. Each square is 4 x 4 pixels of the 64 x 64 that SGP.22 requires. */
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

/** The same icon in exactly `size` octets. A comment in the file pads it. */
export function simIconOfSize(size: number): Buffer {
  const withEmptyComment = blackAndWhitePng(rows, '').length;
  return blackAndWhitePng(rows, '.'.repeat(size - withEmptyComment));
}
