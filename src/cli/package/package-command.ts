import { Command } from 'commander';
import { diffCommand } from './diff-command.js';
import { lintCommand } from './lint-command.js';
import { showCommand } from './show-command.js';

/** `mock-smdp package`. */
export const packageCommand = (): Command =>
  new Command('package')
    .description('Read, check and compare unprotected profile packages, without a server.')
    .addCommand(showCommand())
    .addCommand(lintCommand())
    .addCommand(diffCommand());
