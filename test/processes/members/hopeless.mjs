// A member that cannot work at all.
console.error('no such thing');
process.exit(7);
