"""Who asks and who judges: the offline coach (`rules`) and the coach that prompts a model (`model`)."""
