"""The council: four parties with their seats, their meetings, what they resolve, and the minutes that they sign."""
