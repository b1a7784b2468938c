/** The desks of a service, as the store knows them; their words stand in `words.desk`. */
export const desks = ['liaison', 'analysis', 'judicial', 'direction'] as const;
