"""The public record: what was done, when, in which matter, so that anyone can check that nothing was changed later."""
