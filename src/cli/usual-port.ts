/** The port of the server where nothing else is said. */
export const usualPort = 7377;
